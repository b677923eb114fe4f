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
  it('sends an assertion in place of the secret, and lists', async () => {
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

  it('signs the claims that Auth0 documents, by the clock of the run', async () => {
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
  ])('is taken %s', async (_, credentials) => {
    const { tenant } = await open({}, credentials);
    expect((await tenant.access()).scopes?.size).toBe(2);
  });

  it('names the domain that is asked to the assertion, and the canonical one to the token', async () => {
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
    { claim: 'a 500 after it was taken', fault: { name: 'status', status: 500, apply: true } },
    { claim: 'a reset after it was taken', fault: { name: 'reset_after' } },
    { claim: 'half a JSON', fault: { name: 'half_json' } },
  ] as const;
  it.each(RETRIED)('signs another assertion for the repetition after $claim', async ({ fault }) => {
    const { tenant, tokenRequests, sandbox } = await open();
    sandbox.faults.add(fault, { path: '/oauth/token', times: 2 });
    await tenant.access();
    const sent = tokenRequests().map((request) => assertionIn(request));
    expect(new Set(sent).size).toBe(3);
    expect(new Set(sent.map((assertion) => JSON.stringify(partOf(assertion, 1)))).size).toBe(3);
  });

  it('is read again when it is refused, since the key may have been rotated', async () => {
    const { tenant, tokenRequests } = await open({}, { ...CREDENTIALS, privateKey: OTHER.pkcs8 }, CREDENTIALS);
    await tenant.access();
    expect(tokenRequests().map(({ status }) => status)).toEqual([401, 200]);
  });

  it.each([
    ['the key', { ...CREDENTIALS, privateKey: OTHER.pkcs8 }],
    ['the kid', { ...CREDENTIALS, keyId: 'another-kid' }],
    ['the client', { ...CREDENTIALS, clientId: 'another-client' }],
  ])('is told what to check where %s is wrong, and is not asked twice', async (_, wrong) => {
    const { tenant, tokenRequests } = await open({}, wrong);
    const error = await failureOf(tenant.access());
    expect(error).toBeInstanceOf(CredentialsRefusedError);
    expect(error.message).toMatch(/401 invalid_client: .* Check client_id, private_key and kid .* the clock of this/);
    expect(error.message).not.toContain('client_secret');
    expect(tokenRequests()).toHaveLength(1);
  });

  it.each([-600, 600])('is refused where the clock is %i seconds away from that of Auth0', async (seconds) => {
    const { tenant } = await openClient({
      tenantClockAhead: seconds * 1000,
      sandbox: { publicKey: KEY.publicPem },
      readCredentials: async () => CREDENTIALS,
    });
    expect((await failureOf(tenant.access())).message).toContain('the clock of this machine');
  });

  it('is refused by an application that has a secret, and a secret by one that has a key', async () => {
    const withSecret = await openClient({ readCredentials: async () => CREDENTIALS });
    expect((await failureOf(withSecret.tenant.access())).message).toContain('401 access_denied: Unauthorized.');
    const withKey = await openClient({ sandbox: { publicKey: KEY.publicPem } });
    expect((await failureOf(withKey.tenant.access())).message).toContain('Check client_id and client_secret');
  });
});
