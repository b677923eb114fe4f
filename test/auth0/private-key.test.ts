import { createVerify } from 'node:crypto';
import { CredentialsRefusedError } from '../../lambda/auth0/errors';
import type { KeyCredentials } from '../../lambda/credentials/credentials';
import type { SandboxOptions } from '../../sandbox/auth0/server';
import { makeKey } from './made-up-key';
import { closeClients, failureOf, listAll, openClient } from './paced-client';

afterEach(closeClients);

const KEY = makeKey();
const OTHER = makeKey();
const ID = 'made-up-client-id';
const CREDENTIALS: KeyCredentials = { clientId: ID, privateKey: KEY.pkcs8, keyId: 'made-up-key-id' };

const open = (sandbox: SandboxOptions = {}, ...versions: KeyCredentials[]) => {
  const left = versions.length === 0 ? [CREDENTIALS] : versions;
  let reads = 0;
  return openClient({
    sandbox: { publicKey: KEY.publicPem, ...sandbox },
    readCredentials: async () => {
      reads += 1;
      return left[Math.min(reads, left.length) - 1] ?? CREDENTIALS;
    },
  });
};

const partOf = (assertion: string, part: number): unknown =>
  JSON.parse(Buffer.from(assertion.split('.')[part] ?? '', 'base64url').toString());
const assertionIn = ({ body }: { readonly body: string }): string => JSON.parse(body).client_assertion;

describe('an application with a private key', () => {
  it('an application with a private key sends an assertion instead of the secret, and lists connections', async () => {
    const { tenant, tokenRequests, sandbox } = await open({ seed: [] });
    expect(await listAll(tenant)).toEqual([]);
    const [request] = tokenRequests();
    expect(JSON.parse(request?.body ?? '')).toEqual({
      grant_type: 'client_credentials',
      client_id: ID,
      audience: `${sandbox.origin}/api/v2/`,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
  });

  it('an assertion has the claims that Auth0 documents, with times of the clock of the run', async () => {
    const { tenant, tokenRequests, sandbox, clock } = await open();
    const seconds = Math.floor(clock.now() / 1000);
    await tenant.access();
    const assertion = assertionIn(tokenRequests()[0] ?? { body: '{}' });
    expect(partOf(assertion, 0)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'made-up-key-id' });
    expect(partOf(assertion, 1)).toEqual({
      iss: ID,
      sub: ID,
      aud: `${sandbox.origin}/`,
      iat: seconds,
      exp: seconds + 120,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const [head, body, signature = ''] = assertion.split('.');
    const verifier = createVerify('sha256').update(`${head}.${body}`);
    expect(verifier.verify(KEY.publicPem, signature, 'base64url')).toBe(true);
  });

  it.each([
    ['without a kid', { ...CREDENTIALS, keyId: undefined }],
    ['as PKCS#1', { ...CREDENTIALS, privateKey: KEY.pkcs1 }],
  ])('a private key %s is accepted', async (_, credentials) => {
    const { tenant } = await open({}, credentials);
    expect((await tenant.access()).scopes?.size).toBe(2);
  });

  it('an assertion names the requested domain, and the token request names the canonical domain', async () => {
    const canonicalDomain = 'example.eu.auth0.com';
    const { tenant, tokenRequests, sandbox } = await openClient({
      sandbox: { publicKey: KEY.publicPem, canonicalDomain },
      audience: `https://${canonicalDomain}/api/v2/`,
      readCredentials: async () => CREDENTIALS,
    });
    await tenant.access();
    const { body = '{}' } = tokenRequests()[0] ?? {};
    expect(JSON.parse(body).audience).toBe(`https://${canonicalDomain}/api/v2/`);
    expect(partOf(assertionIn({ body }), 1)).toMatchObject({ aud: `${sandbox.origin}/` });
  });

  const RETRIED = [
    { claim: 'a 500 after the assertion was accepted', fault: { name: 'status', status: 500, apply: true } },
    { claim: 'a reset after the assertion was accepted', fault: { name: 'reset_after' } },
    { claim: 'half a JSON', fault: { name: 'half_json' } },
  ] as const;
  it.each(RETRIED)('a token request that is repeated after $claim has a new assertion', async ({ fault }) => {
    const { tenant, tokenRequests, sandbox } = await open();
    sandbox.faults.add(fault, { path: '/oauth/token', times: 2 });
    await tenant.access();
    const sent = tokenRequests().map((request) => assertionIn(request));
    expect(new Set(sent).size).toBe(3);
    expect(new Set(sent.map((assertion) => JSON.stringify(partOf(assertion, 1)))).size).toBe(3);
  });

  it('a refused private key is read again, because the key might have been rotated', async () => {
    const { tenant, tokenRequests } = await open({}, { ...CREDENTIALS, privateKey: OTHER.pkcs8 }, CREDENTIALS);
    await tenant.access();
    expect(tokenRequests().map(({ status }) => status)).toEqual([401, 200]);
  });

  it.each([
    ['private key', { ...CREDENTIALS, privateKey: OTHER.pkcs8 }],
    ['kid', { ...CREDENTIALS, keyId: 'another-kid' }],
    ['client id', { ...CREDENTIALS, clientId: 'another-client' }],
  ])('the error about a wrong %s lists what to check, and the request is not repeated', async (_, wrong) => {
    const { tenant, tokenRequests } = await open({}, wrong);
    const error = await failureOf(tenant.access());
    expect(error).toBeInstanceOf(CredentialsRefusedError);
    expect(error.message).toMatch(/401 invalid_client: .* Check client_id, private_key and kid .* the clock of this/);
    expect(error.message).not.toContain('client_secret');
    expect(tokenRequests()).toHaveLength(1);
  });

  it.each([-600, 600])('an assertion is refused if the clock of Auth0 differs by %i seconds', async (seconds) => {
    const { tenant } = await openClient({
      tenantClockAhead: seconds * 1000,
      sandbox: { publicKey: KEY.publicPem },
      readCredentials: async () => CREDENTIALS,
    });
    expect((await failureOf(tenant.access())).message).toContain('the clock of this machine');
  });

  it('a key is refused for an application with a secret, and a secret for an application with a key', async () => {
    const withSecret = await openClient({ readCredentials: async () => CREDENTIALS });
    expect((await failureOf(withSecret.tenant.access())).message).toContain('401 access_denied: Unauthorized.');
    const withKey = await openClient({ sandbox: { publicKey: KEY.publicPem } });
    expect((await failureOf(withKey.tenant.access())).message).toContain('Check client_id and client_secret');
  });
});
