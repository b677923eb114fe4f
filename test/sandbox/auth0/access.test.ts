import { ALL_SCOPES, AUDIT_SCOPES, REMEDIATION_SCOPES } from '../../../sandbox/auth0/access';
import { start } from '../../../sandbox/auth0/server';
import { isObject, type JsonObject, parseJson } from '../../../sandbox/json';
import { tiny } from '../../../sandbox/seeds';
import { askToken, exchange, listAt, speakTo, withSandbox } from './speak';

describe('the token answer', () => {
  test.each<[claim: string, changes: JsonObject, status: number, error: string, description: string]>([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'access_denied', 'Unauthorized'],
    [
      'an audience without a grant',
      { audience: 'https://custom.example.invalid/api/v2/' },
      403,
      'access_denied',
      'Client is not authorized to access "https://custom.example.invalid/api/v2/". You need to create a "client-grant" associated to this API.',
    ],
    [
      'another grant type',
      { grant_type: 'password' },
      403,
      'unauthorized_client',
      "Grant type 'password' not allowed for the client.",
    ],
  ])('%s is refused with an OAuth error', (_, changes, status, error, description) =>
    withSandbox({}, async (_speak, sandbox) => {
      const heard = await askToken(sandbox, changes);
      expect([heard.status, heard.body]).toEqual([status, { error, error_description: description }]);
    }),
  );

  test('the token answer and the token list the granted scopes', () =>
    withSandbox({}, async (_speak, sandbox) => {
      const { body } = await askToken(sandbox);
      expect(body).toMatchObject({ expires_in: 86400, token_type: 'Bearer', scope: AUDIT_SCOPES.join(' ') });
      expect(payloadOf(String(body.access_token))).toMatchObject({
        scope: AUDIT_SCOPES.join(' '),
        gty: 'client-credentials',
      });
    }));

  test('the token answer and the token can omit the scopes', () =>
    withSandbox({ omitScopeInTokenAnswer: true, jwtScopes: 'absent' }, async (_speak, sandbox) => {
      const { body } = await askToken(sandbox);
      expect('scope' in body).toBe(false);
      expect('scope' in payloadOf(String(body.access_token))).toBe(false);
    }));

  test('the token endpoint accepts a form and JSON', () =>
    withSandbox({}, async (_speak, sandbox) => {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        ...sandbox.credentials,
        audience: `${sandbox.origin}/api/v2/`,
      });
      expect((await exchange(`${sandbox.origin}/oauth/token`, { method: 'POST', body: form })).status).toBe(200);
    }));

  test('a token request through a custom domain needs the canonical audience', () =>
    withSandbox({ canonicalDomain: 'acme.eu.auth0.com' }, async (_speak, sandbox) => {
      expect((await askToken(sandbox)).status).toBe(403);
      expect((await askToken(sandbox, { audience: 'https://acme.eu.auth0.com/api/v2/' })).status).toBe(200);
    }));

  test('only the new secret works after a rotation', () =>
    withSandbox({}, async (_speak, sandbox) => {
      const before = sandbox.credentials;
      sandbox.rotateSecret('made-up-second-secret');
      expect((await askToken(sandbox, { ...before })).status).toBe(401);
      expect((await askToken(sandbox)).status).toBe(200);
    }));
});

describe('a request', () => {
  test('a request with a missing, foreign, expired or revoked token is a 401 with the reason', async () => {
    let clock = 1_800_000_000_000;
    const sandbox = await start({ now: () => clock, tokenLifetimeSeconds: 60 });
    const url = `${sandbox.origin}/api/v2/connections?take=1`;
    const speak = await speakTo(sandbox);
    const messages = [(await exchange(url, {})).body.message];
    messages.push((await exchange(url, { headers: { authorization: 'Bearer foreign' } })).body.message);
    sandbox.revokeTokens();
    messages.push((await speak('GET', '/connections?take=1')).body.message);
    const fresh = await speakTo(sandbox);
    clock += 60_000;
    const expired = await fresh('GET', '/connections?take=1');
    expect([...messages, expired.body.message]).toEqual([
      'Missing authentication',
      'Invalid token',
      'Invalid signature received for JSON Web Token validation',
      'Expired token received for JSON Web Token validation',
    ]);
    expect([expired.status, expired.body.errorCode]).toEqual([401, undefined]);
    await sandbox.stop();
  });

  const id = tiny()[1]?.id ?? '';
  test.each<[string, readonly string[], string, string, JsonObject | undefined, string]>([
    ['reading', ['update:connections'], 'GET', '/connections', undefined, 'read:connections'],
    ['writing', AUDIT_SCOPES, 'PATCH', `/connections/${id}`, { display_name: 'x' }, 'update:connections'],
    ['deleting', REMEDIATION_SCOPES, 'DELETE', `/connections/${id}`, undefined, 'delete:connections'],
    ['creating', REMEDIATION_SCOPES, 'POST', '/connections', {}, 'create:connections'],
    ['reading the log', REMEDIATION_SCOPES, 'GET', '/logs', undefined, 'read:logs'],
  ])('a request for %s needs its scope', (_, scopes, method, path, body, missing) =>
    withSandbox({ seed: tiny(), scopes }, async (speak) => {
      expect((await speak(method, path, body)).body).toEqual({
        statusCode: 403,
        error: 'Forbidden',
        message: `Insufficient scope, expected any of: ${missing}`,
        errorCode: 'insufficient_scope',
      });
    }),
  );

  test('a request that writes options needs the second scope, and the refusal has another message', () =>
    withSandbox({ seed: tiny(), scopes: [...AUDIT_SCOPES, 'update:connections'] }, async (speak) => {
      const { status, body } = await speak('PATCH', `/connections/${id}`, { options: {} });
      expect([status, body.errorCode]).toEqual([403, 'insufficient_scope']);
      expect(body.message).toMatch(/^Updating the "options" property requires the "update:connections_options" scope/);
      expect((await speak('PATCH', `/connections/${id}`, { display_name: 'x' })).status).toBe(200);
    }));

  test('the answer without read:connections_options omits all options', () =>
    withSandbox({ seed: tiny(), scopes: ['read:connections', 'update:connections'] }, async (speak) => {
      const listed = listAt((await speak('GET', '/connections?take=50')).body, 'connections');
      const one = (await speak('GET', `/connections/${id}`)).body;
      const patched = (await speak('PATCH', `/connections/${id}`, { display_name: 'x' })).body;
      expect([...listed, one, patched].map((connection) => 'options' in connection)).toEqual(Array(7).fill(false));
    }));
});

describe('the log', () => {
  test('the log distinguishes writes of applications and persons, and contains the correlation id', () =>
    withSandbox({ seed: tiny(), scopes: ALL_SCOPES }, async (speak, sandbox) => {
      const [, okta] = tiny();
      const path = `/connections/${okta?.id}`;
      await speak('PATCH', path, { display_name: 'ours' }, { 'x-correlation-id': 'x'.repeat(70) });
      sandbox.editAs({ kind: 'dashboard', email: 'ann@example.invalid', name: 'Ann' }, okta?.id ?? '', {
        display_name: 'hers',
      });
      await speak('PATCH', path, { name: 'refused' });
      const { body } = await speak('GET', '/logs?q=type:sapi&include_totals=true&per_page=100&page=0');
      const [hers, ours, ...others] = listAt(body, 'logs');
      expect(others).toEqual([]);
      expect(ours).toMatchObject({
        client_id: sandbox.credentials.client_id,
        user_id: '',
        references: { correlation_id: 'x'.repeat(64) },
        details: { request: { method: 'patch', path: `/api/v2${path}`, channel: 'api', auth: { user: {} } } },
      });
      expect(hers).toMatchObject({
        user_name: 'ann@example.invalid',
        details: {
          request: { channel: 'https://manage.auth0.com/', auth: { user: { email: 'ann@example.invalid' } } },
        },
      });
      expect(sandbox.tenant.connections.get(okta?.id ?? '')?.display_name).toBe('hers');
    }));

  test('the log contains an event for each read that returned a secret, by name', () =>
    withSandbox({ seed: tiny(), scopes: ALL_SCOPES }, async (speak, sandbox) => {
      await speak('GET', '/connections?take=50');
      await speak('GET', `/connections/${tiny()[0]?.id}`);
      expect(sandbox.log).toMatchObject([
        { type: 'mgmt_api_read', details: { accessedSecrets: ['client_secret', 'signing_key'] } },
      ]);
    }));

  test('the log supports searches by field and date, shows events late, and refuses unknown queries', async () => {
    let clock = Date.parse('2026-08-20T12:00:00Z');
    await withSandbox({ seed: tiny(), scopes: ALL_SCOPES, now: () => clock, logDelaySeconds: 5 }, async (speak) => {
      await speak('PATCH', `/connections/${tiny()[1]?.id}`, { display_name: 'x' });
      const count = async (q: string): Promise<number> =>
        listAt((await speak('GET', `/logs?include_totals=true&q=${encodeURIComponent(q)}`)).body, 'logs').length;
      expect(await count('type:sapi')).toBe(0);
      clock += 5000;
      expect(await count('type:sapi AND date:[2026-08-20T12:00:00.000Z TO 2026-08-20T12:00:01Z]')).toBe(1);
      expect(await count('type:s* AND date:[2026-08-20 TO *]')).toBe(1);
      expect(await count('type:sapi AND date:[* TO 2026-08-20}')).toBe(0);
      expect(await count('NOT type:sapi')).toBe(0);
      expect((await speak('GET', `/logs?q=${encodeURIComponent('details.request.method:patch')}`)).status).toBe(400);
      expect((await speak('GET', '/logs?per_page=101')).status).toBe(400);
      expect((await speak('GET', '/logs?per_page=100&page=10')).status).toBe(400);
    });
  });
});

describe('the rate limit', () => {
  test('the rate limit starts full, refuses when empty, and refills at each full second', async () => {
    let clock = 1_800_000_000_250;
    await withSandbox({ rateLimit: 'nonProduction', now: () => clock }, async (speak) => {
      const statuses = async (count: number): Promise<number[]> => {
        const heard = [];
        for (let i = 0; i < count; i++) heard.push((await speak('GET', '/connections?take=1')).status);
        return heard;
      };
      expect(await statuses(11)).toEqual([...Array(10).fill(200), 429]);
      clock += 750;
      expect(await statuses(3)).toEqual([200, 200, 429]);
      clock += 60_000;
      const heard = await speak('GET', '/connections?take=1');
      const headers = ['limit', 'remaining', 'reset'].map((name) => heard.headers.get(`x-ratelimit-${name}`));
      expect(headers).toEqual(['10', '9', '1800000062']);
    });
  });

  test('a request that the rate limit refuses has the documented body and no Retry-After', () =>
    withSandbox({ rateLimit: [{ burst: 0, refill: 0, intervalMs: 1000 }] }, async (speak) => {
      const heard = await speak('GET', '/connections');
      expect(heard.body).toEqual({
        statusCode: 429,
        error: 'Too Many Requests',
        message: 'Global limit has been reached',
        errorCode: 'too_many_requests',
      });
      expect(heard.headers.get('retry-after')).toBeNull();
    }));

  test('the rate limit of Essentials counts only reads of connections', () =>
    withSandbox({ rateLimit: 'essentials', scopes: ALL_SCOPES, now: () => 1_800_000_000_000 }, async (speak) => {
      for (let i = 0; i < 6; i++) expect((await speak('GET', '/logs')).status).toBe(200);
      for (let i = 0; i < 5; i++) expect((await speak('GET', '/connections')).status).toBe(200);
      expect((await speak('GET', '/connections')).status).toBe(429);
    }));
});

function payloadOf(token: string): JsonObject {
  const parsed = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}
