import { REMEDIATION_SCOPES } from '../../../sandbox/auth0/access';
import type { Fault } from '../../../sandbox/auth0/faults';
import { parseJson } from '../../../sandbox/json';
import { generate, tiny } from '../../../sandbox/seeds';
import { exchange, listAt, type Speak, withSandbox } from './speak';

const OKTA = tiny()[1]?.id ?? '';

/** The answer for a client: status and kind of body, or no answer. */
async function look(speak: Speak): Promise<string> {
  try {
    const { status, text, headers } = await speak('PATCH', `/connections/${OKTA}`, { display_name: 'written' });
    const kind = text === '' ? 'empty' : parseJson(text).ok ? 'json' : text.startsWith('<') ? 'html' : 'broken';
    return `${status} ${kind}${headers.get('location') ?? ''}`;
  } catch {
    return 'no answer';
  }
}

test.each<[fault: Fault, seen: string, applied: boolean]>([
  [{ name: 'status', status: 503, body: { a: 1 }, headers: { 'retry-after': '2' } }, '503 json', false],
  [{ name: 'status', status: 500, body: {}, apply: true }, '500 json', true],
  [{ name: 'reset' }, 'no answer', false],
  [{ name: 'reset_after' }, 'no answer', true],
  [{ name: 'half_json' }, '200 broken', true],
  [{ name: 'not_utf8' }, '200 json', true],
  [{ name: 'cut' }, 'no answer', true],
  [{ name: 'html' }, '200 html', false],
  [{ name: 'html', apply: true }, '200 html', true],
  [{ name: 'empty' }, '200 empty', false],
  [{ name: 'empty', apply: true }, '200 empty', true],
  [{ name: 'wrong_shape' }, '200 json', false],
  [{ name: 'wrong_shape', body: [1], apply: true }, '200 json', true],
  [{ name: 'huge', bytes: 3_000_000 }, '200 json', false],
  [{ name: 'redirect', to: 'https://evil.example.invalid/' }, '302 emptyhttps://evil.example.invalid/', false],
])('the fault %j has the expected effect', (fault, seen, applied) =>
  withSandbox({ seed: tiny(), scopes: REMEDIATION_SCOPES }, async (speak, sandbox) => {
    sandbox.faults.add(fault, { method: 'PATCH' });
    expect(await look(speak)).toBe(seen);
    expect(sandbox.tenant.connections.get(OKTA)?.display_name).toBe(applied ? 'written' : 'Acme workforce');
    expect(sandbox.requests.at(-1)?.faults).toEqual([fault.name]);
    expect(await look(speak)).toBe('200 json');
  }),
);

test.each([
  [false, 'Acme workforce'],
  [true, 'written'],
])('a hanging exchange never ends; applied: %s', (apply, name) =>
  withSandbox({ seed: tiny(), scopes: REMEDIATION_SCOPES }, async (speak, sandbox) => {
    // The request is processed as far as possible when the hook of the same exchange has run.
    const arrived = new Promise<void>((resolve) => {
      sandbox.faults.add({ name: apply ? 'after_apply' : 'before', run: resolve }, { method: 'PATCH' });
    });
    sandbox.faults.add({ name: 'hang', ...(apply ? { apply } : {}) }, { method: 'PATCH' });
    const seen = look(speak);
    await arrived;
    expect(sandbox.tenant.connections.get(OKTA)?.display_name).toBe(name);
    await sandbox.stop();
    expect(await seen).toBe('no answer');
    expect(sandbox.requests.at(-1)?.status).toBeUndefined();
  }),
);

test('a fault affects only its requests, from the nth request and for the given number of times', () =>
  withSandbox({ seed: tiny() }, async (speak, sandbox) => {
    sandbox.faults.add(
      { name: 'status', status: 500 },
      { method: 'GET', path: '/api/v2/connections/*', nth: 2, times: 2 },
    );
    const statuses = [];
    for (const path of ['', `/${OKTA}`, `/${OKTA}`, '', `/${OKTA}`, `/${OKTA}`]) {
      statuses.push((await speak('GET', `/connections${path}`)).status);
    }
    expect(statuses).toEqual([200, 200, 500, 200, 500, 200]);
  }));

test('a request contains an edit of another person before the request, but not an edit after it', () =>
  withSandbox({ seed: tiny() }, async (speak, sandbox) => {
    const editor = { kind: 'dashboard', email: 'ann@example.invalid', name: 'Ann' } as const;
    const rename = (name: string) => () => sandbox.editAs(editor, OKTA, { display_name: name });
    sandbox.faults.add({ name: 'before', run: rename('before') });
    sandbox.faults.add({ name: 'after_apply', run: rename('after') });
    expect((await speak('GET', `/connections/${OKTA}`)).body.display_name).toBe('before');
    expect((await speak('GET', `/connections/${OKTA}`)).body.display_name).toBe('after');
  }));

describe('a listing that goes wrong', () => {
  test('the fault repeat_next returns to the same page', () =>
    withSandbox({ seed: generate(30) }, async (speak, sandbox) => {
      sandbox.faults.add({ name: 'repeat_next' }, { path: '/api/v2/connections' });
      const first = (await speak('GET', '/connections?take=10')).body;
      const second = (await speak('GET', `/connections?take=10&from=${String(first.next)}`)).body;
      expect(second.next).toBe(first.next);
      expect(listAt(second, 'connections')).toHaveLength(10);
    }));

  test('the fault endless_next returns a new cursor and an empty page each time', () =>
    withSandbox({ seed: generate(30) }, async (speak, sandbox) => {
      sandbox.faults.add({ name: 'endless_next' });
      const pages = [await speak('GET', '/connections?take=10'), await speak('GET', '/connections?take=10&from=x')];
      expect(new Set(pages.map(({ body }) => body.next)).size).toBe(2);
      expect(pages.map(({ body }) => body.connections)).toEqual([[], []]);
    }));

  test('the fault lose_next makes a page look like the last page', () =>
    withSandbox({ seed: generate(30) }, async (speak, sandbox) => {
      sandbox.faults.add({ name: 'lose_next' });
      const { body } = await speak('GET', '/connections?take=10');
      expect([listAt(body, 'connections').length, 'next' in body]).toEqual([10, false]);
    }));

  test('the fault duplicate repeats the first connection of the page', () =>
    withSandbox({ seed: generate(3) }, async (speak, sandbox) => {
      sandbox.faults.add({ name: 'duplicate' });
      const ids = listAt((await speak('GET', '/connections?take=10')).body, 'connections').map(({ id }) => id);
      expect([ids.length, ids[3]]).toEqual([4, ids[0]]);
    }));
});

test('a fault can affect the token endpoint', () =>
  withSandbox({}, async (_, sandbox) => {
    sandbox.faults.add({ name: 'status', status: 429, body: { error: 'too_many_requests' } }, { path: '/oauth/token' });
    expect((await exchange(`${sandbox.origin}/oauth/token`, { method: 'POST', body: '{}' })).status).toBe(429);
  }));
