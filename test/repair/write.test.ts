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
  /** The connection as a second read shows it; `null`: gone. */
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
const differ = (keys: string) => `After the write these differ from what was read before it: ${keys}.`;

const ROWS: readonly Row[] = [
  {
    claim: 'answered with what was meant is verified',
    answer: answered(MEANT),
    expected: { result: 'verified', windowMs: 7, rewritten: [] },
  },
  {
    claim: 'answered with a difference is not verified by other differences of the second read, which are named',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    found: { ...MEANT, display_name: 'New' },
    expected: unverified(differ('display_name'), ['display_name']),
  },
  {
    claim: 'answered with options of null may yet be written where a second read shows no change',
    answer: answered({ id: 'con_1', options: null }),
    found: READ,
    expected: notWritten(
      'The answer to the write left the options out. Reading it again shows no change so far.',
      null,
    ),
  },
  {
    claim: 'answered with another option changed, as a second read shows too, is not verified, and the key is named',
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
    claim: 'answered with a difference and then unreadable is not verified by the answer',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    onRead: unreadable,
    expected: unverified(differ('options.type'), ['options.type']),
  },
  {
    claim: 'answered with a difference and then unchanged is not verified by the answer',
    answer: answered(withOptions(MEANT, { type: 'front_channel' })),
    found: READ,
    expected: unverified(differ('options.type'), ['options.type']),
  },
  {
    claim: 'answered without options is judged by a second read',
    answer: answered({ id: 'con_1' }),
    found: READ,
    expected: notWritten(
      'The answer to the write left the options out. Reading it again shows no change so far.',
      null,
    ),
  },
  {
    claim: 'answered with options of null is judged by a second read',
    answer: answered({ id: 'con_1', options: null }),
    found: MEANT,
    expected: { result: 'verified', windowMs: 7, rewritten: [] },
  },
  {
    claim: 'answered with options that are a text is judged by a second read',
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
    claim: 'without an answer is not verified where the connection is gone',
    answer: UNKNOWN,
    found: null,
    expected: unverified('PATCH: no answer. Reading it again, the connection is gone.'),
  },
  {
    claim: 'without an answer is not verified where a second read shows no options',
    answer: UNKNOWN,
    found: { id: 'con_1', name: 'con_1', strategy: 'oidc' },
    expected: unverified('PATCH: no answer. Reading it again shows no options.'),
  },
  {
    claim: 'without an answer is not verified where the connection cannot be read again',
    answer: UNKNOWN,
    onRead: unreadable,
    expected: unverified('PATCH: no answer. It could not be read again: GET: no answer.'),
  },
  {
    claim: 'without an answer may yet be written where a second read shows no change',
    answer: UNKNOWN,
    found: READ,
    expected: notWritten('PATCH: no answer. Reading it again shows no change so far.', null),
  },
  {
    claim: 'turned away was not written',
    answer: { kind: 'turned_away', message: 'PATCH: 429', isOwn: true },
    expected: { result: 'turned_away', message: 'PATCH: 429', isOwn: true },
  },
  {
    claim: 'refused is believed where a second read shows no change',
    answer: REFUSED,
    found: READ,
    expected: notWritten('PATCH: 400 Invalid. Nothing was changed.', { words: 'Invalid.', concerns: 'connection' }),
  },
  {
    claim: 'refused is not believed where a second read shows a change, and the keys are named',
    answer: REFUSED,
    found: withOptions(MEANT, { type: 'front_channel' }),
    expected: unverified(
      'PATCH: 400 Invalid. But a second read shows a change: options.set_user_root_attributes, options.type.',
      ['options.set_user_root_attributes', 'options.type'],
    ),
  },
  {
    claim: 'refused ends as gone where the connection is gone',
    answer: REFUSED,
    found: null,
    expected: { result: 'gone' },
  },
  {
    claim: 'refused for a connection that cannot be read again was not written, and the cause is not known',
    answer: REFUSED,
    onRead: unreadable,
    expected: notWritten('PATCH: 400 Invalid. It could not be read again: GET: no answer.', {
      words: 'Invalid.',
      concerns: 'unknown',
    }),
  },
  {
    claim: 'refused for the tenant concerns the tenant, though the connection cannot be read again',
    answer: { ...REFUSED, concerns: 'tenant' },
    onRead: unreadable,
    expected: notWritten('PATCH: 400 Invalid. It could not be read again: GET: no answer.', {
      words: 'Invalid.',
      concerns: 'tenant',
    }),
  },
  {
    claim: 'refused in another way than the known ones may yet be written where the connection cannot be read again',
    answer: { ...REFUSED, concerns: 'unknown' },
    onRead: unreadable,
    expected: notWritten('PATCH: 400 Invalid. It could not be read again: GET: no answer.', null),
  },
  {
    claim: 'of a connection whose options were hidden before it is not verified by options that are there now',
    answer: answered({ id: 'con_1', options: { type: 'a' } }),
    found: { id: 'con_1', name: 'con_1', strategy: 'oidc' },
    fresh: readFake({ id: 'con_1', name: 'con_1', strategy: 'oidc' }),
    expected: unverified(differ('name, strategy, options.type'), ['name', 'strategy', 'options.type']),
  },
];

describe('a write', () => {
  it.each(ROWS)(
    '$claim',
    async ({ answer, found = READ, onRead = () => undefined, fresh = readFake(READ), expected }) => {
      const { tenant } = createFakeTenant(found === null ? [] : [found], { onRead });
      const sent = { fresh, change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
      expect(await verifyWrite(tenant, sent, { answer, windowMs: 7 })).toEqual(expected);
    },
  );

  it('answered with what was meant is not read again', async () => {
    const read: string[] = [];
    const onRead = (id: string) => {
      read.push(id);
    };
    const { tenant } = createFakeTenant([MEANT], { onRead });
    const sent = { fresh: readFake(READ), change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
    await verifyWrite(tenant, sent, { answer: answered(MEANT), windowMs: 7 });
    expect(read).toEqual([]);
  });

  it('that is read again ends with what nobody expected there', async () => {
    const onRead = () => {
      throw new RangeError('unexpected');
    };
    const { tenant } = createFakeTenant([READ], { onRead });
    const sent = { fresh: readFake(READ), change: { action: 'remove' }, allowedFills: [] } as const;
    await expect(verifyWrite(tenant, sent, { answer: UNKNOWN, windowMs: 7 })).rejects.toThrow(RangeError);
  });
});

/** Where the strategy reads its metadata from decides whether Auth0 may have rewritten what it reads there. */
describe('an option that Auth0 reads from an address', () => {
  it.each<[claim: string, address: Json, result: Written['result']]>([
    ['may be rewritten where the address is given', { discovery_url: 'https://idp.example' }, 'verified'],
    ['may not where none is given', {}, 'unverified'],
    ['may not where the address is null', { discovery_url: null }, 'unverified'],
    ['may not where the address is empty', { discovery_url: '' }, 'unverified'],
  ])('%s', async (_, address, result) => {
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

  it('may be rewritten at any write where the strategy says so', async () => {
    const ofAd = (connection: Json, agentIP: string) => ({ ...withOptions(connection, { agentIP }), strategy: 'ad' });
    const found = ofAd(MEANT, '192.0.2.2');
    const { tenant } = createFakeTenant([found]);
    const fresh = readFake(ofAd(READ, '192.0.2.1'));
    const sent = { fresh, change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
    expect(await verifyWrite(tenant, sent, { answer: answered(found), windowMs: 7 })).toMatchObject({
      ...{ result: 'verified', rewritten: ['options.agentIP'] },
    });
  });

  it('is no change of ours where it was rewritten after a refusal', async () => {
    const read = withOptions(READ, { discovery_url: 'https://idp.example', oidc_metadata: 1 });
    const { tenant } = createFakeTenant([withOptions(read, { oidc_metadata: 2 })]);
    const sent = { fresh: readFake(read), change: { action: 'set', to: 'on_first_login' }, allowedFills: [] } as const;
    expect(await verifyWrite(tenant, sent, { answer: REFUSED, windowMs: 7 })).toMatchObject({ result: 'not_written' });
  });
});

describe('an option that was missing and that Auth0 filled in', () => {
  const lacking = { ...READ, options: { discovery_url: 'https://idp.example' } };
  const endpoint = { token_endpoint: 'https://idp.example/token' };
  it.each<[claim: string, filled: Json, allowedFills: readonly LoginKey[], result: Written['result']]>([
    ['is verified where it changes no login', { schema_version: 'oidc-V4' }, [], 'verified'],
    ['is verified where it changes a login and the policy allows it', endpoint, ['token_endpoint'], 'verified'],
    ['is a difference where it changes a login and the policy does not allow it', endpoint, [], 'unverified'],
  ])('%s', async (_, filled, allowedFills, result) => {
    const found = withOptions(lacking, { ...filled, set_user_root_attributes: 'on_first_login' });
    const { tenant } = createFakeTenant([found]);
    const sent = { fresh: readFake(lacking), change: { action: 'set', to: 'on_first_login' }, allowedFills } as const;
    const keys = Object.keys(filled).map((name) => `options.${name}`);
    expect(await verifyWrite(tenant, sent, { answer: answered(found), windowMs: 7 })).toMatchObject(
      result === 'verified' ? { result, rewritten: keys } : { result, keys },
    );
  });
});
