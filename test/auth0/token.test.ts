import { CredentialsRefusedError, RequestRefusedError } from '../../lambda/auth0/errors';
import type { Credentials } from '../../lambda/credentials/credentials';
import type { Json } from '../../sandbox/json';
import { closeClients, failureOf, listAll, openClient } from './paced-client';

afterEach(closeClients);

const MINUTE = 60_000;
const ID = 'made-up-client-id';
const FIRST: Credentials = { clientId: ID, clientSecret: 'made-up-client-secret' };
const ROTATED: Credentials = { clientId: ID, clientSecret: 'made-up-rotated-secret' };

/** Credentials as a secret store gives them, one after the other; the last one stays. */
function secretStore(...versions: Credentials[]) {
  let reads = 0;
  return {
    reads: () => reads,
    readCredentials: async () => {
      const version = versions[Math.min(reads, versions.length - 1)] ?? FIRST;
      reads += 1;
      return version;
    },
  };
}

describe('asking for a token', () => {
  it('sends the client credentials and the audience as JSON, and nothing else', async () => {
    const { tenant, tokenRequests, sandbox } = await openClient();
    await tenant.access();
    const [request] = tokenRequests();
    expect(JSON.parse(request?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      client_id: ID,
      client_secret: 'made-up-client-secret',
      audience: `${sandbox.origin}/api/v2/`,
    });
    expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(request?.headers.authorization).toBeUndefined();
  });

  it('asks for the audience of the canonical domain where the tenant is reached through a custom one', async () => {
    const canonicalDomain = 'example.eu.auth0.com';
    const { tenant } = await openClient({
      sandbox: { canonicalDomain },
      audience: `https://${canonicalDomain}/api/v2/`,
    });
    expect((await tenant.access()).scopes).toEqual(new Set(['read:connections', 'read:connections_options']));
  });

  const AUDIENCE = 'https://login.example.com/api/v2/';
  const REFUSALS: readonly { claim: string; status: number; body: Json; reason: string; says: string; not: string }[] =
    [
      {
        claim: 'an audience of a custom domain: the canonical domain, and not the secret',
        status: 403,
        body: { error: 'access_denied', error_description: `Service not enabled within domain: ${AUDIENCE}` },
        reason: 'audience_refused',
        says: `The requested audience is ${AUDIENCE}. If domain is a custom domain, set canonicalDomain in the`,
        not: 'secret',
      },
      {
        claim: 'a missing grant: the grant and the audience',
        status: 403,
        body: {
          error: 'access_denied',
          error_description: `Client is not authorized to access "${AUDIENCE}". You need to create a "client-grant" associated to this API.`,
        },
        reason: 'credentials_refused',
        says: `Authorize the application for the Auth0 Management API; the requested audience is ${AUDIENCE}.`,
        not: 'Grant the scope',
      },
      {
        claim: 'a missing grant in other words and with another status',
        status: 401,
        body: {
          error: 'access_denied',
          error_description: 'Client "x" is not authorized to access resource server "y".',
        },
        reason: 'credentials_refused',
        says: 'Authorize the application',
        not: 'client_secret',
      },
      {
        claim: 'a grant type that is off: the grant type',
        status: 403,
        body: {
          error: 'unauthorized_client',
          error_description: "Grant type 'client_credentials' not allowed for the client.",
        },
        reason: 'credentials_refused',
        says: 'Turn on the Client Credentials grant type of the application',
        not: 'Authorize the application',
      },
      {
        claim: 'a wrong secret: id and secret',
        status: 401,
        body: { error: 'access_denied', error_description: 'Unauthorized' },
        reason: 'credentials_refused',
        says: 'Check client_id and client_secret of the machine-to-machine application',
        not: 'canonicalDomain',
      },
      {
        claim: 'a 403 without words: the grant, after the status',
        status: 403,
        body: {},
        reason: 'credentials_refused',
        says: 'Authorize the application',
        not: 'client_secret',
      },
      {
        claim: 'a quota of the application: the quota, and not the rate limit',
        status: 429,
        body: { error: 'too_many_requests', error_description: 'Client quota exceeded' },
        reason: 'no_answer',
        says: 'The application has used up its token quota',
        not: 'quieter hour',
      },
      {
        claim: 'a 429 without words: the rate limit, after the status',
        status: 429,
        body: {},
        reason: 'no_answer',
        says: 'run at a quieter hour',
        not: 'token quota',
      },
    ];
  it.each(REFUSALS)('advises on $claim', async ({ status, body, reason, says, not }) => {
    const { tenant, sandbox } = await openClient({ audience: AUDIENCE, transport: { retryBudget: 0 } });
    sandbox.faults.add({ name: 'status', status, body }, { path: '/oauth/token', times: Infinity });
    const error = await failureOf(tenant.access());
    expect(error).toMatchObject({ reason });
    expect(error.message).toContain(says);
    expect(error.message).not.toContain(not);
  });

  const API_REFUSALS: readonly { claim: string; status: number; body: Json; says: string }[] = [
    {
      claim: 'a missing scope: the scope',
      status: 403,
      body: { errorCode: 'insufficient_scope', message: 'Insufficient scope, expected any of: read:connections' },
      says: 'expected any of: read:connections. Grant the scope to the machine-to-machine application.',
    },
    {
      claim: 'a plan without the feature: the plan, and not the scope',
      status: 403,
      body: { errorCode: 'insufficient_entitlement', message: 'Please upgrade your subscription.' },
      says: "Please upgrade your subscription. The tenant's plan does not include this feature.",
    },
    {
      claim: 'a full bucket: a quieter hour',
      status: 429,
      body: { errorCode: 'too_many_requests', message: 'Global limit has been reached' },
      says: "Other clients use up the tenant's rate limit: run at a quieter hour.",
    },
  ];
  it.each(API_REFUSALS)('advises on $claim', async ({ status, body, says }) => {
    const { tenant, sandbox } = await openClient({ transport: { retryBudget: 0 } });
    sandbox.faults.add({ name: 'status', status, body }, { path: '/api/v2/connections', times: Infinity });
    expect((await failureOf(listAll(tenant))).message).toMatch(new RegExp(`${says.replaceAll('.', '\\.')}$`));
  });
});

describe('holding a token', () => {
  it('is one request however many ask at once', async () => {
    const { tokens, transport, tokenRequests } = await openClient();
    const held = await Promise.all(Array.from({ length: 20 }, () => tokens.get(transport)));
    expect(new Set(held).size).toBe(1);
    expect(tokenRequests()).toHaveLength(1);
  });

  it('asks again after a request that failed for all who waited', async () => {
    const { tokens, transport, tokenRequests, sandbox } = await openClient({ transport: { retryBudget: 0 } });
    sandbox.faults.add({ name: 'status', status: 500 }, { path: '/oauth/token' });
    const first = await Promise.allSettled([tokens.get(transport), tokens.get(transport)]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await tokens.get(transport);
    expect(tokenRequests()).toHaveLength(2);
  });

  it('serves the runs that follow in the same instance', async () => {
    const { tenant, newRun, tokenRequests, clock } = await openClient({ sandbox: { tokenLifetimeSeconds: 86_400 } });
    await listAll(tenant);
    clock.advance(60 * MINUTE);
    await listAll(newRun().tenant);
    expect(tokenRequests()).toHaveLength(1);
  });

  const RENEWALS = [
    { claim: 'a token of a day is renewed five minutes before its end', lifetime: 86_400, at: 86_400_000 - 5 * MINUTE },
    { claim: 'a token of ten minutes is renewed one minute before its end', lifetime: 600, at: 9 * MINUTE },
    { claim: 'a token of ten seconds is renewed one second before its end', lifetime: 10, at: 9_000 },
  ];
  it.each(RENEWALS)('$claim', async ({ lifetime, at }) => {
    const { tokens, transport, tokenRequests, clock } = await openClient({
      sandbox: { tokenLifetimeSeconds: lifetime },
    });
    await tokens.get(transport);
    clock.advance(at - 1);
    await tokens.get(transport);
    expect(tokenRequests()).toHaveLength(1);
    clock.advance(1);
    await tokens.get(transport);
    expect(tokenRequests()).toHaveLength(2);
  });

  it('forgets on request, so that scopes granted since are seen', async () => {
    const { tokens, tenant, sandbox } = await openClient({ sandbox: { scopes: ['read:connections'] } });
    expect((await tenant.access()).scopes).toEqual(new Set(['read:connections']));
    sandbox.grantScopes(['read:connections', 'read:connections_options']);
    tokens.forget();
    expect((await tenant.access()).scopes).toEqual(new Set(['read:connections', 'read:connections_options']));
  });

  it('keeps a token that was renewed while the refused one was under way', async () => {
    const { tokens, transport, tokenRequests, clock } = await openClient();
    const old = await tokens.get(transport);
    clock.advance(86_400_000);
    await tokens.get(transport);
    tokens.drop(old.value);
    await tokens.get(transport);
    expect(tokenRequests()).toHaveLength(2);
  });
});

describe('a refused token', () => {
  it('is dropped, and another is asked for once', async () => {
    const { tenant, sandbox, tokenRequests, pageRequests } = await openClient({ sandbox: { seed: [] } });
    await tenant.access();
    sandbox.revokeTokens();
    expect(await listAll(tenant)).toEqual([]);
    expect(tokenRequests()).toHaveLength(2);
    expect(pageRequests().map(({ status }) => status)).toEqual([401, 200]);
  });

  it('ends the run when the next one is refused too', async () => {
    const { tenant, sandbox, tokenRequests, pageRequests } = await openClient();
    const body = { statusCode: 401, error: 'Unauthorized', message: 'Invalid token' };
    sandbox.faults.add({ name: 'status', status: 401, body }, { path: '/api/v2/*', times: Infinity });
    const error = await failureOf(listAll(tenant));
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(error.message).toContain('GET /api/v2/connections: 401 Unauthorized: Invalid token.');
    expect(tokenRequests()).toHaveLength(2);
    expect(pageRequests()).toHaveLength(2);
  });
});

describe('refused credentials', () => {
  it('are read again, since the secret may have been rotated', async () => {
    const store = secretStore(FIRST, ROTATED);
    const { tenant, sandbox, tokenRequests } = await openClient({ readCredentials: store.readCredentials });
    sandbox.rotateSecret(ROTATED.clientSecret);
    await tenant.access();
    expect(store.reads()).toBe(2);
    expect(tokenRequests().map(({ status }) => status)).toEqual([401, 200]);
  });

  it('are read again after a rotation between two runs, and not read at all without one', async () => {
    const store = secretStore(FIRST, ROTATED);
    const { tokens, tenant, newRun, sandbox } = await openClient({ readCredentials: store.readCredentials });
    await tenant.access();
    tokens.forget();
    await newRun().tenant.access();
    expect(store.reads()).toBe(1);
    sandbox.rotateSecret(ROTATED.clientSecret);
    tokens.forget();
    await newRun().tenant.access();
    expect(store.reads()).toBe(2);
  });

  it('are not sent twice when the secret is still the same', async () => {
    const store = secretStore(FIRST);
    const { tenant, sandbox, tokenRequests } = await openClient({ readCredentials: store.readCredentials });
    sandbox.rotateSecret('something else');
    const error = await failureOf(tenant.access());
    expect(error).toBeInstanceOf(CredentialsRefusedError);
    expect(error.message).toMatch(/^Asking for a token: POST \/oauth\/token: 401 access_denied: Unauthorized\./);
    expect(error.message).toContain('Check client_id and client_secret');
    expect(store.reads()).toBe(2);
    expect(tokenRequests()).toHaveLength(1);
  });

  it('are asked with once more only, when the rotated ones are refused too', async () => {
    const store = secretStore(FIRST, ROTATED);
    const { tenant, sandbox, tokenRequests } = await openClient({ readCredentials: store.readCredentials });
    sandbox.rotateSecret('something else');
    expect(await failureOf(tenant.access())).toBeInstanceOf(CredentialsRefusedError);
    expect(tokenRequests()).toHaveLength(2);
  });
});

describe('the granted scopes', () => {
  const CASES = [
    {
      claim: 'are read from the answer',
      sandbox: {},
      scopes: new Set(['read:connections', 'read:connections_options']),
    },
    {
      claim: 'are read from the answer rather than from the payload',
      sandbox: { jwtScopes: ['read:clients'] },
      scopes: new Set(['read:connections', 'read:connections_options']),
    },
    {
      claim: "are read from the token's payload where the answer has none",
      sandbox: { omitScopeInTokenAnswer: true },
      scopes: new Set(['read:connections', 'read:connections_options']),
    },
    {
      claim: 'are unknown where neither has any',
      sandbox: { omitScopeInTokenAnswer: true, jwtScopes: 'absent' as const },
      scopes: undefined,
    },
    { claim: 'are none where the answer says so', sandbox: { scopes: [] }, scopes: new Set() },
  ];
  it.each(CASES)('$claim', async ({ sandbox, scopes }) => {
    const { tenant } = await openClient({ sandbox });
    expect((await tenant.access()).scopes).toEqual(scopes);
  });
});

describe('a token endpoint that is not one', () => {
  it.each([302, 404, 405, 410])('answers %i, which says nothing about the credentials', async (status) => {
    const { tenant, sandbox, tokenRequests } = await openClient();
    sandbox.faults.add({ name: 'status', status }, { path: '/oauth/token', times: Infinity });
    const error = await failureOf(tenant.access());
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(error.message).not.toContain('client_secret');
    expect(tokenRequests()).toHaveLength(1);
  });
});
