import { ListingNeverEndsError, RequestRefusedError } from '../../lambda/auth0/errors';
import { generate, mixed } from '../../sandbox/seeds';
import { closeClients, failureOf, listAll, openClient } from './paced-client';

afterEach(closeClients);

describe('listing connections', () => {
  const SIZES = [0, 1, 99, 100, 101, 200, 999, 1000, 1001, 2500];
  it.each(SIZES)('a listing of %i connections takes one token request and pages of 100', async (size) => {
    const { tenant, tokenRequests, pageRequests } = await openClient({
      sandbox: { seed: generate(size), rateLimit: 'off' },
    });
    const listed = await listAll(tenant);
    expect(listed).toHaveLength(size);
    expect(tokenRequests()).toHaveLength(1);
    expect(pageRequests()).toHaveLength(Math.max(1, Math.ceil(size / 100)));
    expect(pageRequests().every(({ query }) => query.get('take') === '100')).toBe(true);
  });

  it("a listing keeps the tenant's order beyond the limit of offset paging", async () => {
    const { tenant, sandbox } = await openClient({ sandbox: { seed: generate(2500), rateLimit: 'off' } });
    const listed = await listAll(tenant);
    expect(listed.map(({ id }) => id)).toEqual([...sandbox.tenant.connections.keys()]);
  });

  it('a listing requests checkpoint pages only', async () => {
    const { tenant, pageRequests } = await openClient({ sandbox: { seed: generate(150) } });
    await listAll(tenant);
    expect(pageRequests().map(({ query }) => [...query.keys()])).toEqual([['take'], ['take', 'from']]);
  });

  it('a listing requests 50 connections a page if the tenant refuses 100', async () => {
    const { tenant, pageRequests } = await openClient({
      sandbox: { seed: generate(120), maxTake: 50, rateLimit: 'off' },
    });
    expect(await listAll(tenant)).toHaveLength(120);
    expect(pageRequests().map(({ query }) => query.get('take'))).toEqual(['100', '50', '50', '50']);
  });

  it('a connection that two pages repeat is listed one time', async () => {
    const { tenant, sandbox } = await openClient({ sandbox: { seed: generate(150) } });
    sandbox.faults.add({ name: 'duplicate' }, { path: '/api/v2/connections', times: Infinity });
    const ids = (await listAll(tenant)).map(({ id }) => id);
    expect(ids).toEqual([...sandbox.tenant.connections.keys()]);
  });

  it('a listing with an empty page that leads back to the same checkpoint fails', async () => {
    const { tenant, sandbox } = await openClient({ sandbox: { seed: generate(250), rateLimit: 'off' } });
    const next = Buffer.from(`${Date.UTC(2026, 0, 5, 4, 30)}.100`).toString('base64url');
    sandbox.faults.add({ name: 'wrong_shape', body: { connections: [], next } }, { path: '/api/v2/*', nth: 2 });
    const error = await failureOf(listAll(tenant));
    // The empty page leads back to its own checkpoint, which is no progress.
    expect(error).toBeInstanceOf(ListingNeverEndsError);
  });

  it('a listing with a checkpoint that leads back to itself fails', async () => {
    const { tenant, sandbox, pageRequests } = await openClient({ sandbox: { seed: generate(350), rateLimit: 'off' } });
    sandbox.faults.add({ name: 'repeat_next' }, { path: '/api/v2/connections', nth: 2 });
    const error = await failureOf(listAll(tenant));
    expect(error).toBeInstanceOf(ListingNeverEndsError);
    expect(error.message).toContain('after 200 connections');
    expect(pageRequests()).toHaveLength(2);
  });

  it('a listing with endless pages without new connections fails', async () => {
    const { tenant, sandbox, pageRequests } = await openClient({ sandbox: { seed: generate(10), rateLimit: 'off' } });
    sandbox.faults.add({ name: 'endless_next' }, { path: '/api/v2/connections' });
    expect(await failureOf(listAll(tenant))).toBeInstanceOf(ListingNeverEndsError);
    expect(pageRequests().length).toBeLessThanOrEqual(5);
  });

  it('a listing requests no page before its reader needs the page', async () => {
    const { tenant, pageRequests } = await openClient({ sandbox: { seed: generate(500) } });
    for await (const connection of tenant.listConnections()) if (connection.id !== '') break;
    expect(pageRequests()).toHaveLength(1);
  });

  it('a listing without read:connections is refused, and the error names the scope', async () => {
    const { tenant, pageRequests } = await openClient({ sandbox: { scopes: [] } });
    const error = await failureOf(listAll(tenant));
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(error.message).toBe(
      'Listing connections: GET /api/v2/connections: 403 insufficient_scope: Insufficient scope, expected any of: read:connections. Grant the scope to the machine-to-machine application.',
    );
    expect(pageRequests()).toHaveLength(1);
  });

  it('a listing without read:connections_options shows hidden options in every connection', async () => {
    const { tenant } = await openClient({ sandbox: { seed: mixed(), scopes: ['read:connections'] } });
    const listed = await listAll(tenant);
    expect(new Set(listed.map(({ options }) => options.visibility))).toEqual(new Set(['hidden']));
  });

  it('every request names the auditor and its version', async () => {
    const { tenant, sandbox } = await openClient({ sandbox: { seed: generate(150) } });
    await listAll(tenant);
    expect(sandbox.requests).toHaveLength(3);
    for (const { headers } of sandbox.requests) {
      expect(headers['user-agent']).toMatch(/^auth0-connection-auditor\/\d+\.\d+\.\d+$/);
      const client: unknown = JSON.parse(Buffer.from(String(headers['auth0-client']), 'base64url').toString('utf8'));
      expect(client).toEqual({ name: 'auth0-connection-auditor', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    }
  });
});
