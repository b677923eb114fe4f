import type { Agent } from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { configureAws } from '../../../cli/access/aws-config';
import { chooseProxy, type HttpsProxy } from '../../../cli/access/proxy';
import { NoAnswerError } from '../../../lambda/auth0/errors';
import { readSecret } from '../../../lambda/aws/secret';
import { startAws } from '../../../sandbox/aws/server';
import { generate } from '../../../sandbox/seeds';
import { makeSelfSigned } from '../../../sandbox/self-signed';
import { closeClients, everythingIn, failureOf, listAll, openClient } from '../../auth0/paced-client';
import { SECRET_ARN } from '../../aws/aws-clients';
import { startProxy } from './connect-proxy';

const undo: (() => void | Promise<void>)[] = [closeClients];
afterEach(async () => {
  for (const step of undo.splice(1).reverse()) await step();
  await closeClients();
});

const USER = 'ann:Planted-password-9xQ';
const TLS = makeSelfSigned();

async function openProxy(options: Parameters<typeof startProxy>[0] = {}) {
  const proxy = await startProxy(options);
  undo.push(() => proxy.stop());
  return proxy;
}

/** The proxy that the variables choose. It trusts the made-up authority if requested. */
function choose(variables: Readonly<Record<string, string>>, trusts: 'the authority' | 'nobody' = 'the authority') {
  const problems: string[] = [];
  const chosen = chooseProxy(variables, problems);
  expect(problems).toEqual([]);
  if (chosen === undefined) throw new Error('no proxy');
  if (trusts === 'the authority') Object.assign(agentOf(chosen).options, { ca: TLS.cert });
  undo.push(() => chosen.agent.destroy());
  return chosen;
}

function agentOf({ agent }: HttpsProxy): Agent {
  return agent;
}

function openTenant(chosen: HttpsProxy) {
  return openClient({
    sandbox: { tls: TLS, seed: generate(250), canonicalDomain: 'example.eu.auth0.com' },
    audience: 'https://example.eu.auth0.com/api/v2/',
    transport: { httpsAgent: chosen.agent, retryBudget: 0 },
  });
}

describe('Auth0 through a proxy', () => {
  it('Auth0 is reached through one tunnel, with TLS to the tenant itself', async () => {
    const proxy = await openProxy();
    const { tenant, sandbox } = await openTenant(choose({ HTTPS_PROXY: proxy.address(USER) }));
    expect(await listAll(tenant)).toHaveLength(250);
    const authorization = `Basic ${Buffer.from(USER).toString('base64')}`;
    expect(proxy.asked).toEqual([{ host: `127.0.0.1:${sandbox.port}`, authorization }]);
    expect(proxy.others).toEqual([]);
    expect(sandbox.requests.every(({ headers }) => headers['proxy-authorization'] === undefined)).toBe(true);
  });

  it('a certificate that is not trusted is refused through a proxy', async () => {
    const proxy = await openProxy();
    const { tenant, sandbox } = await openTenant(choose({ HTTPS_PROXY: proxy.address() }, 'nobody'));
    const error = await failureOf(tenant.access());
    expect(error).toMatchObject({ reason: 'unreachable' });
    expect(error.message).toContain(
      'no answer (DEPTH_ZERO_SELF_SIGNED_CERT). This machine does not trust the certificate',
    );
    expect(proxy.asked).toHaveLength(1);
    expect(sandbox.requests).toEqual([]);
  });

  it('a certificate for another name is refused through a proxy, without a local DNS lookup', async () => {
    const direct = await openProxy();
    const { newRun, sandbox } = await openTenant(choose({ HTTPS_PROXY: direct.address() }));
    const proxy = await openProxy({ leadsTo: sandbox.port });
    const { agent } = choose({ HTTPS_PROXY: proxy.address() });
    const { tenant } = newRun({ origin: 'https://tenant.invalid', httpsAgent: agent });
    const error = await failureOf(tenant.access());
    expect(error.message).toContain('(ERR_TLS_CERT_ALTNAME_INVALID). The certificate is for another name');
    expect(proxy.asked).toMatchObject([{ host: 'tenant.invalid:443' }]);
    expect(sandbox.requests).toEqual([]);
  });

  it('Auth0 is reached directly if NO_PROXY names the host', async () => {
    const proxy = await openProxy();
    const { tenant } = await openTenant(choose({ HTTPS_PROXY: proxy.address(), NO_PROXY: '127.0.0.1' }));
    expect(await listAll(tenant)).toHaveLength(250);
    expect(proxy.asked).toEqual([]);
  });

  it('a sandbox on this machine is reached directly over http', async () => {
    const proxy = await openProxy();
    const { agent } = choose({ HTTPS_PROXY: proxy.address() });
    const { tenant } = await openClient({ transport: { httpsAgent: agent } });
    expect(await listAll(tenant)).toEqual([]);
    expect([...proxy.asked, ...proxy.others]).toEqual([]);
  });

  const FORGED = '{"access_token":"forged","expires_in":86400}';
  const answer = (status: string, body = '') =>
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  it.each([
    { claim: 'requires credentials', instead: answer('407 No'), says: 'rejects the credentials (407)', lasts: true },
    { claim: 'refuses the host', instead: answer('403 No'), says: 'refuses this host (403)', lasts: true },
    { claim: 'finds no tenant', instead: answer('502 No'), says: 'could not open a tunnel', lasts: false },
    { claim: 'answers like the tenant', instead: answer('200 OK', FORGED), says: 'BAD_ANSWER', lasts: false },
    { claim: 'answers with a token', instead: answer('201 Created', FORGED), says: 'BAD_ANSWER', lasts: false },
    { claim: 'refuses with a token', instead: answer('400 No', FORGED), says: 'refuses this host (400)', lasts: true },
    { claim: 'does not use HTTP', instead: 'SSH-2.0-made-up\r\n', says: 'cannot be used (HPE_', lasts: false },
    { claim: 'sends no answer', instead: '', says: 'cannot be used (ECONNRESET)', lasts: false },
  ])('a proxy that $claim is named in the error, and its answer is not used', async ({ instead, says, lasts }) => {
    const proxy = await openProxy({ instead });
    const { tenant, sandbox } = await openTenant(choose({ HTTPS_PROXY: proxy.address(USER) }));
    const error = await failureOf(tenant.access());
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ reason: lasts ? 'unreachable' : 'no_answer' });
    expect(error.message).toContain('The proxy in HTTPS_PROXY ');
    expect(error.message).toContain(says);
    expect(sandbox.requests).toEqual([]);
    expectNoLeak(error);
  });

  it('a proxy that does not run is named in the error', async () => {
    const proxy = await startProxy();
    await proxy.stop();
    const { tenant } = await openTenant(choose({ HTTPS_PROXY: proxy.address(USER) }));
    const error = await failureOf(tenant.access());
    expect(error.message).toBe(
      'Asking for a token: POST /oauth/token: no answer (PROXY_ECONNREFUSED). The proxy in HTTPS_PROXY cannot be used (ECONNREFUSED): check its scheme, host and port.',
    );
    expectNoLeak(error);
  });
});

/** Secrets Manager over TLS, like at AWS. */
async function openSecrets(chosen: HttpsProxy) {
  const aws = await startAws({ port: 0, secrets: { [SECRET_ARN]: '{"client_id":"a","client_secret":"made-up"}' } });
  const { port: plain } = new URL(aws.endpoint);
  const server = tls.createServer(TLS, (socket) => {
    const upstream = net.connect(Number(plain), '127.0.0.1');
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) end.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const client = new SecretsManagerClient({
    endpoint: `https://localhost:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' },
    maxAttempts: 1,
    ...configureAws({ region: undefined, profile: undefined }, {}, chosen),
  });
  undo.push(
    () => aws.stop(),
    () => void server.close(),
    () => client.destroy(),
  );
  return { client, port };
}

describe('AWS through a proxy', () => {
  it('AWS is reached through a tunnel', async () => {
    const proxy = await openProxy();
    const { client, port } = await openSecrets(choose({ HTTPS_PROXY: proxy.address() }));
    const { credentials } = await readSecret(client, SECRET_ARN, []);
    expect(credentials).toEqual({ clientId: 'a', clientSecret: 'made-up' });
    expect(proxy.asked.map(({ host }) => host)).toEqual([`localhost:${port}`]);
  });

  it('a certificate of AWS that is not trusted is refused through a proxy', async () => {
    const proxy = await openProxy();
    const { client } = await openSecrets(choose({ HTTPS_PROXY: proxy.address() }, 'nobody'));
    expect(await failureOf(readSecret(client, SECRET_ARN, []))).toMatchObject({ reason: 'secret_unusable' });
  });

  it('a proxy that requires credentials is named in the error for the secret', async () => {
    const proxy = await openProxy({ instead: 'HTTP/1.1 407 No\r\n\r\n' });
    const { client } = await openSecrets(choose({ HTTPS_PROXY: proxy.address(USER) }));
    const error = await failureOf(readSecret(client, SECRET_ARN, []));
    expect(error.message).toBe(
      `Reading secret ${SECRET_ARN}: The proxy in HTTPS_PROXY rejects the credentials (407): put user and password before the host in HTTPS_PROXY, and percent-encode special characters.`,
    );
    expectNoLeak(error);
  });
});

function expectNoLeak(error: unknown): void {
  const printed = everythingIn(error);
  for (const planted of ['Planted', Buffer.from(USER).toString('base64'), 'forged']) {
    expect(printed).not.toContain(planted);
  }
}
