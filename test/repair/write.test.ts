import type { LoginKey } from '../../lambda/connection/fills';
import { Sealed } from '../../lambda/connection/sealed';
import { type FreshConnection, TenantFailure, type WriteAnswer } from '../../lambda/connection/tenant';
import { verifyWrite, type Written } from '../../lambda/repair/write';
import { connectionOf, createFakeTenant, readFake } from './fake-tenant';

type Json = Readonly<Record<string, unknown>>;

const READ = connectionOf('con_1', null);
const MEANT = connectionOf('con_1', 'on_first_login');
const REFUSED = { kind: 'refused', message: 'PATCH: 400 Invalid.', words: 'Invalid.', concerns: 'connection' } as const;
const UNKNOWN = { kind: 'unknown', message: 'PATCH: no answer.' } as const;
const unreadable = () => {
  throw new TenantFailure('no_answer', 'GET: no answer.');
};

const sealed = (connection: Json) => new Sealed(JSON.stringify(connection));
const answered = (connection: Json): WriteAnswer => ({ kind: 'answered', sealed: sealed(connection) });
const withOptions = (connection: Json, options: Json): Json => {
  const { options: own } = connection;
  return { ...connection, options: { ...Object(own), ...options } };
};

interface Row {
  readonly claim: string;
  readonly answer: WriteAnswer;
  /** The connection in a second read; `null`: deleted. */
  readonly found?: Json | null;
  readonly onRead?: () => void;
  readonly fresh?: FreshConnection;
  readonly expected: Written;
}

const unverified = (message: string, keys: readonly string[] = []): Written => ({
  ...{ result: 'unverified', windowMs: 7, message, keys },
});
const notWritten = (message: string, refusal: Extract<Written, { result: 'not_written' }>['refusal']): Written => ({
  ...{ result: 'not_written', windowMs: 7, message, refusal },
});
const differ = (keys: string) => `After the write, these fields are not as expected: ${keys}.`;

const ROWS: readonly Row[] = [
  {
    claim: 'answered with the intended connection is verified',
    answer: answered(MEANT),
    expected: { result: 'verified', windowMs: 7, rewritten: [] },
  },
  {
    claim: 'answered with a difference is not verified, and names the differences in the second read',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    found: { ...MEANT, display_name: 'New' },
    expected: unverified(differ('display_name'), ['display_name']),
  },
  {
    claim: 'answered with null options might still be made if a second read shows no change',
    answer: answered({ id: 'con_1', options: null }),
    found: READ,
    expected: notWritten(
      'The answer to the write did not contain options. A second read shows no change so far.',
      null,
    ),
  },
  {
    claim: 'answered with another changed option, also in a second read, is not verified and names the key',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    found: withOptions(MEANT, { type: 'front_channel' }),
    expected: unverified(differ('options.type'), ['options.type']),
  },
  {
    claim: 'answered with a difference that the second read does not show is verified',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    found: MEANT,
    expected: { result: 'verified', windowMs: 7, rewritten: [] },
  },
  {
    claim: 'answered with a difference is not verified if the second read fails',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    onRead: unreadable,
    expected: unverified(differ('options.type'), ['options.type']),
  },
  {
    claim: 'answered with a difference is not verified if a second read shows no change',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    found: READ,
    expected: unverified(differ('options.type'), ['options.type']),
  },
  {
    claim: 'answered without options is judged by a second read',
    answer: answered({ id: 'con_1' }),
    found: READ,
    expected: notWritten(
      'The answer to the write did not contain options. A second read shows no change so far.',
      null,
    ),
  },
  {
    claim: 'answered with null options is judged by a second read',
    answer: answered({ id: 'con_1', options: null }),
    found: MEANT,
    expected: { result: 'verified', windowMs: 7, rewritten: [] },
  },
  {
    claim: 'answered with a text as options is judged by a second read',
    answer: answered({ id: 'con_1', options: 'a' }),
    found: MEANT,
    expected: { result: 'verified', windowMs: 7, rewritten: [] },
  },
  {
    claim: 'answered with null is judged by a second read',
    answer: { kind: 'answered', sealed: new Sealed('null') },
    found: MEANT,
    expected: { result: 'verified', windowMs: 7, rewritten: [] },
  },
  {
    claim: 'without an answer is not verified if the connection is deleted',
    answer: UNKNOWN,
    found: null,
    expected: unverified('PATCH: no answer. A second read shows that the connection is deleted.'),
  },
  {
    claim: 'without an answer is not verified if a second read shows no options',
    answer: UNKNOWN,
    found: { id: 'con_1', name: 'con_1', strategy: 'oidc' },
    expected: unverified('PATCH: no answer. A second read shows no options.'),
  },
  {
    claim: 'without an answer is not verified if the second read fails',
    answer: UNKNOWN,
    onRead: unreadable,
    expected: unverified('PATCH: no answer. The second read failed: GET: no answer.'),
  },
  {
    claim: 'without an answer might still be made if a second read shows no change',
    answer: UNKNOWN,
    found: READ,
    expected: notWritten('PATCH: no answer. A second read shows no change so far.', null),
  },
  {
    claim: 'that was rejected was not made',
    answer: { kind: 'turned_away', message: 'PATCH: 429', isOwn: true },
    expected: { result: 'turned_away', message: 'PATCH: 429', isOwn: true },
  },
  {
    claim: 'that Auth0 refused counts as refused if a second read shows no change',
    answer: REFUSED,
    found: READ,
    expected: notWritten('PATCH: 400 Invalid. Nothing was changed.', { words: 'Invalid.', concerns: 'connection' }),
  },
  {
    claim: 'that Auth0 refused is not verified, with the keys, if a second read shows a change',
    answer: REFUSED,
    found: withOptions(MEANT, { type: 'front_channel' }),
    expected: unverified(
      'PATCH: 400 Invalid. But a second read shows a change: options.set_user_root_attributes, options.type.',
      ['options.set_user_root_attributes', 'options.type'],
    ),
  },
  {
    claim: 'that Auth0 refused ends as gone if the connection is deleted',
    answer: REFUSED,
    found: null,
    expected: { result: 'gone' },
  },
  {
    claim: 'that Auth0 refused was not made for an unknown cause if the second read fails',
    answer: REFUSED,
    onRead: unreadable,
    expected: notWritten('PATCH: 400 Invalid. The second read failed: GET: no answer.', {
      words: 'Invalid.',
      concerns: 'unknown',
    }),
  },
  {
    claim: 'that Auth0 refused for the tenant concerns the tenant if the second read fails',
    answer: { ...REFUSED, concerns: 'tenant' },
    onRead: unreadable,
    expected: notWritten('PATCH: 400 Invalid. The second read failed: GET: no answer.', {
      words: 'Invalid.',
      concerns: 'tenant',
    }),
  },
  {
    claim: 'refused in an unknown way might still be made if the second read fails',
    answer: { ...REFUSED, concerns: 'unknown' },
    onRead: unreadable,
    expected: notWritten('PATCH: 400 Invalid. The second read failed: GET: no answer.', null),
  },
  {
    claim: 'to a connection with hidden options is not verified by options that are visible later',
    answer: answered({ id: 'con_1', options: { type: 'a' } }),
    found: { id: 'con_1', name: 'con_1', strategy: 'oidc' },
    fresh: readFake({ id: 'con_1', name: 'con_1', strategy: 'oidc' }),
    expected: unverified(differ('name, strategy, options.type'), ['name', 'strategy', 'options.type']),
  },
];

describe('a write', () => {
  it.each(ROWS)(
    'a write $claim',
    async ({ answer, found = READ, onRead = () => undefined, fresh = readFake(READ), expected }) => {
      const { tenant } = createFakeTenant(found === null ? [] : [found], { onRead });
      const sent = { fresh, change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
      expect(await verifyWrite(tenant, sent, { answer, windowMs: 7 })).toEqual(expected);
    },
  );

  it('a write answered with the intended connection needs no second read', async () => {
    const read: string[] = [];
    const onRead = (id: string) => {
      read.push(id);
    };
    const { tenant } = createFakeTenant([MEANT], { onRead });
    const sent = { fresh: readFake(READ), change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
    await verifyWrite(tenant, sent, { answer: answered(MEANT), windowMs: 7 });
    expect(read).toEqual([]);
  });

  it('an unexpected error in the second read after a write is thrown', async () => {
    const onRead = () => {
      throw new RangeError('unexpected');
    };
    const { tenant } = createFakeTenant([READ], { onRead });
    const sent = { fresh: readFake(READ), change: { action: 'remove' }, allowedFills: [] } as const;
    await expect(verifyWrite(tenant, sent, { answer: UNKNOWN, windowMs: 7 })).rejects.toThrow(RangeError);
  });
});

/** Auth0 rewrites metadata only if the connection has an address to read the metadata from. */
describe('an option that Auth0 reads from an address', () => {
  it.each<[claim: string, address: Json, result: Written['result']]>([
    ['can be rewritten if the address is set', { discovery_url: 'https://idp.example' }, 'verified'],
    ['cannot be rewritten without an address', {}, 'unverified'],
    ['cannot be rewritten if the address is null', { discovery_url: null }, 'unverified'],
    ['cannot be rewritten if the address is empty', { discovery_url: '' }, 'unverified'],
  ])('metadata from an address %s', async (_, address, result) => {
    const read = withOptions(READ, { ...address, oidc_metadata: 1 });
    const found = withOptions(MEANT, { ...address, oidc_metadata: 2 });
    const { tenant } = createFakeTenant([found]);
    const sent = { fresh: readFake(read), change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
    const written = await verifyWrite(tenant, sent, { answer: answered(found), windowMs: 7 });
    expect(written).toMatchObject(
      result === 'verified'
        ? { result, rewritten: ['options.oidc_metadata'] }
        : { result, keys: ['options.oidc_metadata'] },
    );
  });

  it('an option can be rewritten at any write if the strategy table allows it', async () => {
    const ofAd = (connection: Json, agentIP: string) => ({ ...withOptions(connection, { agentIP }), strategy: 'ad' });
    const found = ofAd(MEANT, '192.0.2.2');
    const { tenant } = createFakeTenant([found]);
    const fresh = readFake(ofAd(READ, '192.0.2.1'));
    const sent = { fresh, change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
    expect(await verifyWrite(tenant, sent, { answer: answered(found), windowMs: 7 })).toMatchObject({
      ...{ result: 'verified', rewritten: ['options.agentIP'] },
    });
  });

  it('an option that Auth0 rewrote after a refusal does not count as our change', async () => {
    const read = withOptions(READ, { discovery_url: 'https://idp.example', oidc_metadata: 1 });
    const { tenant } = createFakeTenant([withOptions(read, { oidc_metadata: 2 })]);
    const sent = { fresh: readFake(read), change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
    expect(await verifyWrite(tenant, sent, { answer: REFUSED, windowMs: 7 })).toMatchObject({ result: 'not_written' });
  });
});

describe('a missing option that Auth0 filled in', () => {
  const lacking = { ...READ, options: { discovery_url: 'https://idp.example' } };
  const endpoint = { token_endpoint: 'https://idp.example/token' };
  it.each<[claim: string, filled: Json, allowedFills: readonly LoginKey[], result: Written['result']]>([
    ['is verified if it changes no login', { schema_version: 'oidc-V4' }, [], 'verified'],
    ['is verified if it changes a login and the policy allows it', endpoint, ['token_endpoint'], 'verified'],
    ['is a difference if it changes a login and the policy does not allow it', endpoint, [], 'unverified'],
  ])('a missing option that Auth0 filled in %s', async (_, filled, allowedFills, result) => {
    const found = withOptions(lacking, { ...filled, set_user_root_attributes: 'on_first_login' });
    const { tenant } = createFakeTenant([found]);
    const sent = { fresh: readFake(lacking), change: { action: 'set', to: 'on_first_login' }, allowedFills } as const;
    const keys = Object.keys(filled).map((name) => `options.${name}`);
    expect(await verifyWrite(tenant, sent, { answer: answered(found), windowMs: 7 })).toMatchObject(
      result === 'verified' ? { result, rewritten: keys } : { result, keys },
    );
  });
});
