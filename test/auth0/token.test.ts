import { CredentialsRefusedError, RequestRefusedError } from '../../lambda/auth0/errors';
import type { Credentials } from '../../lambda/credentials/credentials';
import type { Json } from '../../sandbox/json';
import { closeClients, failureOf, listAll, openClient } from './paced-client';

afterEach(closeClients);

const MINUTE = 60_000;
const ID = 'made-up-client-id';
const FIRST: Credentials = { clientId: ID, clientSecret: 'made-up-client-secret' };
const ROTATED: Credentials = { clientId: ID, clientSecret: 'made-up-rotated-secret' };

/** Credentials as a secret store returns them, one version after the other. The last version is repeated. */
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
  it('a token request contains the client credentials and the audience as JSON, and nothing else', async () => {
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

  it('a token for the audience of the canonical domain is granted through a custom domain', async () => {
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
        claim: 'the audience of a custom domain names the canonical domain, not the secret',
        status: 403,
        body: { error: 'access_denied', error_description: `Service not enabled within domain: ${AUDIENCE}` },
        reason: 'audience_refused',
        says: `The requested audience is ${AUDIENCE}. If domain is a custom domain, set canonicalDomain in the`,
        not: 'secret',
      },
      {
        claim: 'a missing grant names the grant and the audience',
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
        claim: 'a missing grant with another message and status names the grant',
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
        claim: 'a disabled grant type names the grant type',
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
        claim: 'a wrong secret names client_id and client_secret',
        status: 401,
        body: { error: 'access_denied', error_description: 'Unauthorized' },
        reason: 'credentials_refused',
        says: 'Check client_id and client_secret of the machine-to-machine application',
        not: 'canonicalDomain',
      },
      {
        claim: 'a 403 without a message names the grant, because of the status',
        status: 403,
        body: {},
        reason: 'credentials_refused',
        says: 'Authorize the application',
        not: 'client_secret',
      },
      {
        claim: 'an exceeded quota of the application names the quota, not the rate limit',
        status: 429,
        body: { error: 'too_many_requests', error_description: 'Client quota exceeded' },
        reason: 'no_answer',
        says: 'The application has used up its token quota',
        not: 'quieter hour',
      },
      {
        claim: 'a 429 without a message names the rate limit, because of the status',
        status: 429,
        body: {},
        reason: 'no_answer',
        says: 'run at a quieter hour',
        not: 'token quota',
      },
    ];
  it.each(REFUSALS)('the advice for $claim', async ({ status, body, reason, says, not }) => {
    const { tenant, sandbox } = await openClient({ audience: AUDIENCE, transport: { retryBudget: 0 } });
    sandbox.faults.add({ name: 'status', status, body }, { path: '/oauth/token', times: Infinity });
    const error = await failureOf(tenant.access());
    expect(error).toMatchObject({ reason });
    expect(error.message).toContain(says);
    expect(error.message).not.toContain(not);
  });

  const API_REFUSALS: readonly { claim: string; status: number; body: Json; says: string }[] = [
    {
      claim: 'a missing scope names the scope',
      status: 403,
      body: { errorCode: 'insufficient_scope', message: 'Insufficient scope, expected any of: read:connections' },
      says: 'expected any of: read:connections. Grant the scope to the machine-to-machine application.',
    },
    {
      claim: 'a plan without the feature names the plan, not the scope',
      status: 403,
      body: { errorCode: 'insufficient_entitlement', message: 'Please upgrade your subscription.' },
      says: "Please upgrade your subscription. The tenant's plan does not include this feature.",
    },
    {
      claim: 'an exceeded rate limit names a quieter hour',
      status: 429,
      body: { errorCode: 'too_many_requests', message: 'Global limit has been reached' },
      says: "Other clients use up the tenant's rate limit: run at a quieter hour.",
    },
  ];
  it.each(API_REFUSALS)('the advice for $claim', async ({ status, body, says }) => {
    const { tenant, sandbox } = await openClient({ transport: { retryBudget: 0 } });
    sandbox.faults.add({ name: 'status', status, body }, { path: '/api/v2/connections', times: Infinity });
    expect((await failureOf(listAll(tenant))).message).toMatch(new RegExp(`${says.replaceAll('.', '\\.')}$`));
  });
});

describe('holding a token', () => {
  it('a token is requested one time for all callers that ask at the same time', async () => {
    const { tokens, transport, tokenRequests } = await openClient();
    const held = await Promise.all(Array.from({ length: 20 }, () => tokens.get(transport)));
    expect(new Set(held).size).toBe(1);
    expect(tokenRequests()).toHaveLength(1);
  });

  it('a token is requested again after a request that failed for all waiting callers', async () => {
    const { tokens, transport, tokenRequests, sandbox } = await openClient({ transport: { retryBudget: 0 } });
    sandbox.faults.add({ name: 'status', status: 500 }, { path: '/oauth/token' });
    const first = await Promise.allSettled([tokens.get(transport), tokens.get(transport)]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await tokens.get(transport);
    expect(tokenRequests()).toHaveLength(2);
  });

  it('a token serves the next runs in the same instance', async () => {
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

  it('a forgotten token is replaced, so that the next run sees newly granted scopes', async () => {
    const { tokens, tenant, sandbox } = await openClient({ sandbox: { scopes: ['read:connections'] } });
    expect((await tenant.access()).scopes).toEqual(new Set(['read:connections']));
    sandbox.grantScopes(['read:connections', 'read:connections_options']);
    tokens.forget();
    expect((await tenant.access()).scopes).toEqual(new Set(['read:connections', 'read:connections_options']));
  });

  it('a token that was renewed after the refused token is kept', async () => {
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
  it('a refused token is dropped, and another token is requested one time', async () => {
    const { tenant, sandbox, tokenRequests, pageRequests } = await openClient({ sandbox: { seed: [] } });
    await tenant.access();
    sandbox.revokeTokens();
    expect(await listAll(tenant)).toEqual([]);
    expect(tokenRequests()).toHaveLength(2);
    expect(pageRequests().map(({ status }) => status)).toEqual([401, 200]);
  });

  it('a refused second token ends the run', async () => {
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
  it('refused credentials are read again, because the secret might have been rotated', async () => {
    const store = secretStore(FIRST, ROTATED);
    const { tenant, sandbox, tokenRequests } = await openClient({ readCredentials: store.readCredentials });
    sandbox.rotateSecret(ROTATED.clientSecret);
    await tenant.access();
    expect(store.reads()).toBe(2);
    expect(tokenRequests().map(({ status }) => status)).toEqual([401, 200]);
  });

  it('credentials are read again after a rotation between two runs, and only then', async () => {
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

  it('refused credentials are not sent twice if the secret has not changed', async () => {
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

  it('refused credentials cause one more token request if the rotated credentials are refused too', async () => {
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
      claim: 'the granted scopes are read from the answer',
      sandbox: {},
      scopes: new Set(['read:connections', 'read:connections_options']),
    },
    {
      claim: 'the granted scopes are read from the answer rather than from the payload',
      sandbox: { jwtScopes: ['read:clients'] },
      scopes: new Set(['read:connections', 'read:connections_options']),
    },
    {
      claim: "the granted scopes are read from the token's payload if the answer has none",
      sandbox: { omitScopeInTokenAnswer: true },
      scopes: new Set(['read:connections', 'read:connections_options']),
    },
    {
      claim: 'the granted scopes are unknown if neither the answer nor the payload has any',
      sandbox: { omitScopeInTokenAnswer: true, jwtScopes: 'absent' as const },
      scopes: undefined,
    },
    {
      claim: 'the granted scopes are empty if the answer has an empty scope',
      sandbox: { scopes: [] },
      scopes: new Set(),
    },
  ];
  it.each(CASES)('$claim', async ({ sandbox, scopes }) => {
    const { tenant } = await openClient({ sandbox });
    expect((await tenant.access()).scopes).toEqual(scopes);
  });
});

describe('an endpoint that is not the token endpoint', () => {
  it.each([302, 404, 405, 410])(
    'a token request that is answered with %i causes no advice about the credentials',
    async (status) => {
      const { tenant, sandbox, tokenRequests } = await openClient();
      sandbox.faults.add({ name: 'status', status }, { path: '/oauth/token', times: Infinity });
      const error = await failureOf(tenant.access());
      expect(error).toBeInstanceOf(RequestRefusedError);
      expect(error.message).not.toContain('client_secret');
      expect(tokenRequests()).toHaveLength(1);
    },
  );
});
