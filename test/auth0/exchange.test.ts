import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BadAnswerError, NoAnswerError, OutOfTimeError, RequestRefusedError } from '../../lambda/auth0/errors';
import type { Fault } from '../../sandbox/auth0/faults';
import type { RateLimit } from '../../sandbox/auth0/rate-limit';
import { generate } from '../../sandbox/seeds';
import { closeClients, failureOf, listAll, openClient } from './paced-client';

afterEach(closeClients);

const PAGES = { path: '/api/v2/connections' };
const ALWAYS = { ...PAGES, times: Infinity };
const ATTEMPTS = 5;

const BAD_ANSWERS: readonly { claim: string; fault: Fault; says: string }[] = [
  { claim: 'half a JSON', fault: { name: 'half_json' }, says: 'the body is not JSON' },
  { claim: 'a byte that is not UTF-8', fault: { name: 'not_utf8' }, says: 'the body is not UTF-8' },
  { claim: 'a page of HTML', fault: { name: 'html' }, says: 'the body is not JSON' },
  { claim: 'an empty body', fault: { name: 'empty' }, says: 'the body is empty' },
  { claim: 'an object without connections', fault: { name: 'wrong_shape' }, says: 'connections (invalid_type)' },
  { claim: 'a bare array', fault: { name: 'wrong_shape', body: [] }, says: 'body (invalid_type)' },
  { claim: 'null', fault: { name: 'status', status: 200, body: null }, says: 'body (invalid_type)' },
  {
    claim: 'connections that are not an array',
    fault: { name: 'wrong_shape', body: { connections: {} } },
    says: 'connections (invalid_type)',
  },
  {
    claim: 'a connection without an id',
    fault: { name: 'wrong_shape', body: { connections: [{ name: 'a', strategy: 'okta', options: {} }] } },
    says: 'connections.0.id (invalid_type)',
  },
  {
    claim: 'a connection without a strategy',
    fault: { name: 'wrong_shape', body: { connections: [{ id: 'con_a', name: 'a', options: {} }] } },
    says: 'connections.0.strategy (invalid_type)',
  },
  {
    claim: 'a next that is not a text',
    fault: { name: 'wrong_shape', body: { connections: [], next: 7 } },
    says: 'next (invalid_type)',
  },
  {
    claim: 'an error body with status 200',
    fault: { name: 'wrong_shape', body: { statusCode: 500, error: 'Internal Server Error', message: 'oops' } },
    says: 'connections (invalid_type)',
  },
];

describe('an undocumented answer', () => {
  it.each(BAD_ANSWERS)('the client repeats a page request that is answered with $claim', async ({ fault }) => {
    const { tenant, sandbox, pageRequests } = await openClient({ sandbox: { seed: generate(150) } });
    sandbox.faults.add(fault, { ...PAGES, nth: 2 });
    expect(await listAll(tenant)).toHaveLength(150);
    expect(pageRequests()).toHaveLength(3);
  });

  it.each(BAD_ANSWERS)(
    'a listing that is always answered with $claim fails, and is never a shorter list',
    async ({ fault, says }) => {
      const { tenant, sandbox, pageRequests } = await openClient({ sandbox: { seed: generate(150) } });
      sandbox.faults.add(fault, { ...ALWAYS, nth: 2 });
      const error = await failureOf(listAll(tenant));
      expect(error).toBeInstanceOf(BadAnswerError);
      expect(error.message).toMatch(/^Listing connections: GET \/api\/v2\/connections: 200, but /);
      expect(error.message).toContain(says);
      expect(pageRequests()).toHaveLength(1 + ATTEMPTS);
    },
  );

  const BAD_TOKENS: readonly { claim: string; fault: Fault }[] = [
    { claim: 'half a JSON', fault: { name: 'half_json' } },
    { claim: 'a byte that is not UTF-8', fault: { name: 'not_utf8' } },
    { claim: 'a page of HTML', fault: { name: 'html' } },
    { claim: 'no token', fault: { name: 'wrong_shape', body: { expires_in: 86400 } } },
    { claim: 'an empty token', fault: { name: 'wrong_shape', body: { access_token: '', expires_in: 86400 } } },
    { claim: 'no lifetime', fault: { name: 'wrong_shape', body: { access_token: 'abc' } } },
    {
      claim: 'a token that a header cannot carry',
      fault: { name: 'wrong_shape', body: { access_token: 'a\nb', expires_in: 9 } },
    },
  ];
  it.each(BAD_TOKENS)(
    'a token request that is always answered with $claim is repeated, then fails',
    async ({ fault }) => {
      const { tenant, sandbox, tokenRequests } = await openClient();
      sandbox.faults.add(fault, { path: '/oauth/token', times: Infinity });
      expect(await failureOf(tenant.access())).toBeInstanceOf(BadAnswerError);
      expect(tokenRequests()).toHaveLength(ATTEMPTS);
    },
  );
});

const TRANSIENT: readonly { claim: string; fault: Fault; says: string }[] = [
  { claim: 'status 408', fault: { name: 'status', status: 408 }, says: ': 408.' },
  {
    claim: 'status 429',
    fault: { name: 'status', status: 429 },
    says: ": 429. Other clients use up the tenant's rate limit",
  },
  { claim: 'status 500', fault: { name: 'status', status: 500 }, says: ': 500.' },
  { claim: 'status 502', fault: { name: 'status', status: 502 }, says: ': 502.' },
  { claim: 'status 503', fault: { name: 'status', status: 503 }, says: ': 503.' },
  { claim: 'status 504', fault: { name: 'status', status: 504 }, says: ': 504.' },
  { claim: 'a reset before the answer', fault: { name: 'reset' }, says: 'no answer (ECONNRESET)' },
  { claim: 'a reset after the request took effect', fault: { name: 'reset_after' }, says: 'no answer (ECONNRESET)' },
  { claim: 'a cut answer', fault: { name: 'cut' }, says: 'no answer (' },
  { claim: 'no answer before the time limit', fault: { name: 'hang' }, says: 'no answer (TIMEOUT)' },
];

describe('a broken exchange', () => {
  it.each(TRANSIENT)('the client repeats a page request after $claim', async ({ fault }) => {
    const { tenant, sandbox, pageRequests } = await openClient({
      sandbox: { seed: generate(3) },
      transport: { timeoutMs: 1_000 },
    });
    sandbox.faults.add(fault, PAGES);
    expect(await listAll(tenant)).toHaveLength(3);
    expect(pageRequests()).toHaveLength(2);
  });

  it.each(TRANSIENT)('a page request with $claim on each attempt fails with NoAnswerError', async ({ fault, says }) => {
    const { tenant, sandbox, pageRequests } = await openClient({
      sandbox: { seed: generate(3) },
      transport: { timeoutMs: 300 },
    });
    sandbox.faults.add(fault, ALWAYS);
    const error = await failureOf(listAll(tenant));
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error.message).toContain(says);
    expect(pageRequests()).toHaveLength(ATTEMPTS);
  });

  const LASTING = [400, 402, 403, 404, 405, 409, 410, 415, 422, 451];
  it.each(LASTING)('status %i is a refusal, and the same request is not repeated', async (status) => {
    const { tenant, sandbox, pageRequests } = await openClient();
    // After a 400 to a page of 100, the client requests a page of 50.
    sandbox.faults.add({ name: 'status', status }, ALWAYS);
    const error = await failureOf(listAll(tenant));
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(error.message).toContain(`: ${status}`);
    expect(pageRequests()).toHaveLength(status === 400 ? 2 : 1);
  });

  it('a run repeats requests up to its retry budget, over all its exchanges', async () => {
    const { tenant, sandbox, pageRequests } = await openClient({
      sandbox: { seed: generate(1000), rateLimit: 'off' },
      transport: { retryBudget: 3 },
    });
    for (const nth of [1, 3, 5, 7]) sandbox.faults.add({ name: 'status', status: 503 }, { ...PAGES, nth });
    expect(await failureOf(listAll(tenant))).toBeInstanceOf(NoAnswerError);
    expect(pageRequests()).toHaveLength(7);
  });

  it('an address without a server is tried again, and the error names ECONNREFUSED', async () => {
    const { newRun, sandbox, clock } = await openClient();
    await sandbox.stop();
    const error = await failureOf(newRun().tenant.access());
    expect(error.message).toBe('Asking for a token: POST /oauth/token: no answer (ECONNREFUSED).');
    expect(clock.slept).toHaveLength(ATTEMPTS - 1);
  });

  it('a body of 64 MB is not read, and the request is not repeated', async () => {
    const { tenant, sandbox, pageRequests } = await openClient();
    sandbox.faults.add({ name: 'huge' }, ALWAYS);
    const error = await failureOf(listAll(tenant));
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error.message).toContain('ANSWER_TOO_LARGE');
    expect(pageRequests()).toHaveLength(1);
  });
});

describe('a redirect', () => {
  it('a redirect is refused, and the token never reaches the other origin', async () => {
    const reached: string[] = [];
    const other = createServer((request, response) => {
      reached.push(JSON.stringify([request.url, request.headers]));
      response.end('{"connections":[]}');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = addressOf(other.address());
      const to = `http://127.0.0.1:${port}/api/v2/connections`;
      for (const path of ['/api/v2/connections', '/oauth/token']) {
        const { tenant, sandbox } = await openClient();
        sandbox.faults.add({ name: 'redirect', to }, { path, times: Infinity });
        const error = await failureOf(listAll(tenant));
        expect(error.message).toContain(': 302. The tenant redirects: check the domain.');
        expect(error.message).not.toContain(String(port));
      }
      expect(reached).toEqual([]);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});

describe('pacing', () => {
  const PRESETS: readonly { rateLimit: RateLimit; size: number; seconds: number }[] = [
    { rateLimit: 'enterprise', size: 10_000, seconds: 8 },
    { rateLimit: 'nonProduction', size: 3_000, seconds: 14 },
    { rateLimit: 'free', size: 1_000, seconds: 10 },
    { rateLimit: 'essentials', size: 1_500, seconds: 24 },
  ];
  it.each(PRESETS)('a run against the $rateLimit limits meets no 429', async ({ rateLimit, size, seconds }) => {
    const { tenant, sandbox, clock } = await openClient({ sandbox: { rateLimit, seed: generate(size) } });
    const begun = clock.now();
    expect(await listAll(tenant)).toHaveLength(size);
    expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect((clock.now() - begun) / 1000).toBeLessThanOrEqual(seconds);
  });

  it('a listing that leaves 50 % of the bucket to other clients meets no 429', async () => {
    const { tenant, sandbox, newRun } = await openClient({
      sandbox: { rateLimit: 'enterprise', seed: generate(10_000) },
      transport: { reservePercent: 50 },
    });
    await listAll(tenant);
    expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(newRun().transport.rateLimit).toBeUndefined();
  });

  it('a listing completes although another client uses up the bucket', async () => {
    const { tenant, sandbox, clock } = await openClient({
      sandbox: { rateLimit: 'nonProduction', seed: generate(2_000) },
    });
    // The fifth page finds the bucket empty, because another client used it up.
    const [first] = sandbox.tenant.connections.keys();
    const drain = async () => {
      const token = await fetchToken(sandbox);
      for (let asked = 0; asked < 10; asked += 1) {
        await fetch(`${sandbox.origin}/api/v2/connections/${first}`, { headers: { authorization: `Bearer ${token}` } });
      }
    };
    sandbox.faults.add({ name: 'before', run: drain }, { path: '/api/v2/connections', nth: 5 });
    expect(await listAll(tenant)).toHaveLength(2_000);
    const refused = sandbox.requests.filter(({ path, status }) => path === '/api/v2/connections' && status === 429);
    expect(refused.length).toBeLessThanOrEqual(1);
    // The pacer expects such bursts for some seconds, and not longer.
    expect(Math.max(...clock.slept)).toBeLessThan(10_000);
    expect(clock.slept.at(-1)).toBe(1_000);
  });

  it('the client waits as long as Retry-After states', async () => {
    const { tenant, sandbox, clock } = await openClient();
    sandbox.faults.add({ name: 'status', status: 429, headers: { 'retry-after': '7' } }, PAGES);
    sandbox.faults.add({ name: 'status', status: 503, headers: { 'retry-after': '11' } }, { ...PAGES, nth: 2 });
    await listAll(tenant);
    expect(clock.slept).toEqual([7_000, 11_000]);
  });

  it('the client waits after a 429 until the time in x-ratelimit-reset', async () => {
    const { tenant, sandbox, clock } = await openClient();
    const reset = String(clock.now() / 1000 + 4);
    const headers = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    sandbox.faults.add({ name: 'status', status: 429, headers }, PAGES);
    await listAll(tenant);
    expect(clock.slept).toEqual([4_000]);
  });

  const SKEWS = [-3_600_000, -600_000, -60_000, -5_000, 5_000, 60_000, 600_000, 3_600_000];
  it.each(SKEWS)(
    'a tenant clock that differs by %i ms from the local clock causes no 429 and no extra request',
    async (tenantClockAhead) => {
      const { tenant, sandbox, pageRequests } = await openClient({
        tenantClockAhead,
        sandbox: { rateLimit: 'nonProduction', seed: generate(2_000) },
      });
      expect(await listAll(tenant)).toHaveLength(2_000);
      expect(pageRequests()).toHaveLength(20);
      expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
    },
  );

  it.each(SKEWS)(
    'a 429 by a tenant clock that differs by %i ms from the local clock is repeated',
    async (tenantClockAhead) => {
      const { tenant, sandbox, clock } = await openClient();
      const reset = String((clock.now() + tenantClockAhead) / 1000);
      const headers = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
      sandbox.faults.add({ name: 'status', status: 429, headers }, PAGES);
      expect(await listAll(tenant)).toEqual([]);
      expect(clock.slept.every((milliseconds) => milliseconds > 0 && milliseconds <= 60_000)).toBe(true);
    },
  );
});

describe('the time of a run', () => {
  it('a run ends before a wait that is longer than its remaining time', async () => {
    const { newRun, sandbox, clock } = await openClient();
    const { tenant } = newRun({ deadline: clock.now() + 5_000 });
    sandbox.faults.add({ name: 'status', status: 503, headers: { 'retry-after': '6' } }, PAGES);
    const error = await failureOf(listAll(tenant));
    expect(error).toBeInstanceOf(OutOfTimeError);
    expect(error.message).toMatch(/^Listing connections: /);
    expect(clock.slept).toEqual([]);
  });

  it('a run after its deadline sends no request', async () => {
    const { newRun, sandbox, clock } = await openClient();
    const { tenant } = newRun({ deadline: clock.now() });
    expect(await failureOf(tenant.access())).toBeInstanceOf(OutOfTimeError);
    expect(sandbox.requests).toEqual([]);
  });

  it('a run ends in the middle of a listing whose pacing exceeds the deadline', async () => {
    const { newRun, clock, pageRequests } = await openClient({
      sandbox: { rateLimit: 'nonProduction', seed: generate(3_000) },
    });
    const { tenant } = newRun({ deadline: clock.now() + 4_000 });
    expect(await failureOf(listAll(tenant))).toBeInstanceOf(OutOfTimeError);
    expect(pageRequests().length).toBeGreaterThan(8);
  });
});

describe('a read-only transport', () => {
  it('a read-only transport sends no PATCH', async () => {
    const { transport, sandbox } = await openClient();
    const patch = transport.exchange({
      doing: 'Repairing',
      method: 'PATCH',
      path: '/api/v2/connections/con_a',
      body: '{}',
      secrets: [],
      parse: () => ({ ok: true, value: undefined }),
    });
    const error = await failureOf(patch);
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(error.message).toBe('Repairing: PATCH /api/v2/connections/con_a: not sent, because this run is read-only.');
    expect(sandbox.requests).toEqual([]);
  });
});

async function fetchToken(sandbox: { origin: string; credentials: object }): Promise<string> {
  const answer = await fetch(`${sandbox.origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...sandbox.credentials,
      grant_type: 'client_credentials',
      audience: `${sandbox.origin}/api/v2/`,
    }),
  });
  const body: unknown = await answer.json();
  if (typeof body === 'object' && body !== null && 'access_token' in body) return String(body.access_token);
  throw new Error('no token');
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address;
}
