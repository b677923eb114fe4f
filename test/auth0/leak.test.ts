import { createServer } from 'node:http';
import type { Fault } from '../../sandbox/auth0/faults';
import type { Json } from '../../sandbox/json';
import { listenOnLoopback, readBody } from '../../sandbox/loopback';
import { generate } from '../../sandbox/seeds';
import { makeKey } from './made-up-key';
import { closeClients, everythingIn, failureOf, listAll, openClient } from './paced-client';

afterEach(closeClients);

const CLIENT_SECRET = 'Planted-client-secret-3fQ9';
const UPSTREAM = 'Planted-upstream-secret-7hT2';
const IN_URL = 'Planted-in-a-redirect-5kW8';
/** Also parts of the secrets: half an answer can contain half a secret, and Auth0 can quote a truncated value. */
const PLANTED = [
  CLIENT_SECRET,
  UPSTREAM,
  IN_URL,
  'Planted-client',
  'Planted-upstream',
  'Planted-in-a',
  'made-up-signature',
];

const KEY = makeKey();
const WITH_KEY = { clientId: 'made-up-client-id', privateKey: KEY.pkcs8, keyId: undefined };

function seed() {
  return [...generate(20)].map((connection, position) => ({
    ...connection,
    // A secret every few hundred bytes, so that a page cut at any place contains a secret.
    options: { ...connection.options, client_secret: UPSTREAM, signing_key: { key: `${UPSTREAM}-${position}` } },
  }));
}

const raw = (body: Json): Fault => ({ name: 'wrong_shape', body });
const FAULTS: readonly { claim: string; fault: Fault }[] = [
  { claim: 'half a JSON', fault: { name: 'half_json' } },
  { claim: 'a byte that is not UTF-8', fault: { name: 'not_utf8' } },
  { claim: 'a cut answer', fault: { name: 'cut' } },
  { claim: 'a reset', fault: { name: 'reset' } },
  { claim: 'a reset after the request took effect', fault: { name: 'reset_after' } },
  { claim: 'no answer', fault: { name: 'hang' } },
  { claim: 'a page of HTML', fault: { name: 'html' } },
  { claim: 'an empty body', fault: { name: 'empty' } },
  { claim: 'an answer of 34 MB', fault: { name: 'huge', bytes: 34 * 1024 * 1024 } },
  { claim: 'a redirect', fault: { name: 'redirect', to: `https://other.example.invalid/${IN_URL}?secret=${IN_URL}` } },
  { claim: 'a repeating page', fault: { name: 'repeat_next' } },
  { claim: 'an endless listing', fault: { name: 'endless_next' } },
  { claim: 'another shape around a secret', fault: raw({ client_secret: UPSTREAM, connections: UPSTREAM }) },
  {
    claim: 'a connection without an id',
    fault: raw({ connections: [{ name: UPSTREAM, strategy: 7, options: { client_secret: UPSTREAM } }] }),
  },
  { claim: 'secrets as keys', fault: raw({ [UPSTREAM]: { [UPSTREAM]: UPSTREAM } }) },
  { claim: 'a bare secret', fault: raw(UPSTREAM) },
  ...[400, 401, 403, 404, 429, 500].map((status) => ({
    claim: `a ${status} without a body`,
    fault: { name: 'status', status } satisfies Fault,
  })),
];

describe('secrets in errors', () => {
  const CALLS = ['/api/v2/connections', '/oauth/token'];
  it.each(CALLS.flatMap((path) => FAULTS.map((row) => ({ ...row, path }))))(
    'the outcome of $path after $claim contains no secret',
    async ({ path, fault }) => {
      const { tenant, sandbox } = await openClient({
        sandbox: { seed: seed(), clientSecret: CLIENT_SECRET },
        transport: { timeoutMs: 100, retryBudget: 1 },
      });
      sandbox.faults.add(fault, { path, times: Infinity });
      const outcome = await listAll(tenant).then(
        (connections) => connections,
        (error: unknown) => error,
      );
      const printed = everythingIn(outcome);
      for (const planted of PLANTED) expect(printed).not.toContain(planted);
    },
  );

  // An error repeats the message of the server, except the secrets that the client sent.
  const QUOTES: readonly { claim: string; quote: (secret: string) => Json }[] = [
    { claim: 'the whole value', quote: (secret) => ({ message: `Bad value ${secret}` }) },
    { claim: 'the value in quotes', quote: (secret) => ({ message: `Bad value '${secret}', "${secret}"` }) },
    { claim: 'the first half of the value', quote: (secret) => ({ message: `Bad value ${secret.slice(0, 18)}...` }) },
    { claim: 'half of the value after a colon', quote: (secret) => ({ message: `value:${secret.slice(0, 18)}` }) },
    { claim: 'a query with the value', quote: (secret) => ({ message: `Bad request /x?client_secret=${secret}&a=b` }) },
    {
      claim: 'a query with half of the value',
      quote: (secret) => ({ message: `at /x?secret=${secret.slice(0, 18)}&a=b` }),
    },
    { claim: 'JSON with the value', quote: (secret) => ({ message: JSON.stringify({ client_secret: secret }) }) },
    { claim: 'the value as the error code', quote: (secret) => ({ errorCode: secret, message: 'no' }) },
    { claim: 'the value as the error', quote: (secret) => ({ error: secret, error_description: secret }) },
    { claim: 'half of the value as the error', quote: (secret) => ({ error: secret.slice(0, 18), message: 'no' }) },
    { claim: 'the value between line ends', quote: (secret) => ({ message: `Bad\n${secret}\r\nvalue` }) },
    { claim: 'the value after a long sentence', quote: (secret) => ({ message: `${'word '.repeat(57)}${secret}` }) },
    {
      claim: 'an Authorization header with the value',
      quote: (secret) => ({ message: `Authorization: Bearer ${secret}` }),
    },
  ];
  it.each(QUOTES)('a token error does not repeat the client secret if Auth0 quotes $claim', async ({ quote }) => {
    for (const status of [400, 401, 403, 429, 500]) {
      const { tenant, sandbox } = await openClient({
        sandbox: { clientSecret: CLIENT_SECRET },
        transport: { retryBudget: 0 },
      });
      sandbox.faults.add({ name: 'status', status, body: quote(CLIENT_SECRET) }, { path: '/oauth/token' });
      const printed = everythingIn(await failureOf(tenant.access()));
      expect(printed).not.toContain(CLIENT_SECRET.slice(0, 18));
    }
  });
  const PEM = KEY.pkcs8.trim().split('\n');
  const LINES = [1, 12, PEM.length - 2].map((at) => PEM[at] ?? '');
  it.each(QUOTES)(
    'a token error does not repeat a line of the private key if Auth0 quotes $claim',
    async ({ quote }) => {
      for (const line of LINES) {
        const { tenant, sandbox } = await openClient({
          sandbox: { publicKey: KEY.publicPem },
          readCredentials: async () => WITH_KEY,
          transport: { retryBudget: 0 },
        });
        sandbox.faults.add({ name: 'status', status: 401, body: quote(line) }, { path: '/oauth/token', times: 2 });
        expect(everythingIn(await failureOf(tenant.access()))).not.toContain(line.slice(0, 18));
      }
    },
  );

  const WHOLE_KEYS = [
    { claim: 'as it is', text: KEY.pkcs8 },
    { claim: 'in JSON', text: JSON.stringify(KEY.pkcs8) },
    { claim: 'in one line', text: PEM.slice(1, -1).join('') },
    { claim: 'from the middle of a line to the next', text: KEY.pkcs8.slice(120, 170) },
    { claim: 'in one line, from the middle', text: PEM.slice(1, -1).join('').slice(50, 85) },
    { claim: 'in JSON, from the middle of a line to the next', text: JSON.stringify(KEY.pkcs8).slice(85, 110) },
  ];
  it.each(WHOLE_KEYS)(
    'a token error does not repeat the private key if Auth0 quotes the key $claim',
    async ({ text }) => {
      const { tenant, sandbox } = await openClient({
        sandbox: { publicKey: KEY.publicPem },
        readCredentials: async () => WITH_KEY,
        transport: { retryBudget: 0 },
      });
      const body = { error: 'invalid_client', error_description: `Bad key ${text}` };
      sandbox.faults.add({ name: 'status', status: 400, body }, { path: '/oauth/token', times: 2 });
      const printed = everythingIn(await failureOf(tenant.access()));
      const canaries = text.split(/\s|\\n/).flatMap((line) => [line.slice(0, 18), line.slice(-12)]);
      for (const canary of canaries) if (/^[\w+/=]{8,}$/.test(canary)) expect(printed).not.toContain(canary);
    },
  );

  const PARTS = [
    { part: 'the assertion', of: (assertion: string) => assertion },
    { part: 'the signature of the assertion', of: (assertion: string) => assertion.split('.')[2] ?? '' },
    { part: 'the claims of the assertion', of: (assertion: string) => assertion.split('.')[1] ?? '' },
  ];
  it.each(QUOTES.flatMap((quote) => PARTS.map((part) => ({ ...quote, ...part }))))(
    'a token error does not repeat $part if Auth0 quotes $claim',
    async ({ quote, of }) => {
      for (const status of [400, 401, 500]) {
        const sent: string[] = [];
        const echo = createServer(async (request, response) => {
          const { client_assertion } = JSON.parse((await readBody(request)).toString());
          sent.push(of(client_assertion));
          response.writeHead(status).end(JSON.stringify(quote(of(client_assertion))));
        });
        const { port, stop } = await listenOnLoopback(echo);
        const { tenant } = await openClient({
          readCredentials: async () => WITH_KEY,
          transport: { retryBudget: 0, origin: `http://127.0.0.1:${port}` },
        });
        const printed = everythingIn(await failureOf(tenant.access()));
        await stop();
        expect(sent).toHaveLength(1);
        expect(printed).not.toContain(sent[0]?.slice(0, 18));
      }
    },
  );

  it.each(QUOTES)('a listing error does not repeat the bearer token if Auth0 quotes $claim', async ({ quote }) => {
    for (const status of [400, 403, 429, 500]) {
      const { tenant, tokens, transport, sandbox } = await openClient({ transport: { retryBudget: 0 } });
      const { value } = await tokens.get(transport);
      sandbox.faults.add(
        { name: 'status', status, body: quote(value) },
        { path: '/api/v2/connections', times: Infinity },
      );
      const printed = everythingIn(await failureOf(listAll(tenant)));
      expect(printed).not.toContain(value.slice(0, 18));
      expect(printed).not.toContain('made-up-signature');
    }
  });

  it('a listing contains only the facts for the verdict, and no secret of the options', async () => {
    const { tenant } = await openClient({ sandbox: { seed: seed() } });
    const printed = everythingIn(await listAll(tenant)) + JSON.stringify(await listAll(tenant));
    expect(printed).not.toContain('Planted');
  });
});
