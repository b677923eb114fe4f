import { type RootAttributes, SETTING } from '../../lambda/connection/setting';
import { TenantFailure } from '../../lambda/connection/tenant';
import type { PastChange } from '../../lambda/history/history';
import { type Undoing, type Undone, undoChange } from '../../lambda/repair/undo';
import { compiled } from '../connection/sample-connection';
import { type Behaviour, connectionOf, createFakeTenant } from './fake-tenant';

type Json = Readonly<Record<string, unknown>>;

const POLICY = compiled({ rules: [], default: { expect: 'on_first_login' } });
const EXPECTATION = 'default: on_first_login';
const WRITTEN = connectionOf('con_1', 'on_first_login');
const REFUSED = { kind: 'refused', message: 'PATCH: 400 Invalid.', words: 'Invalid.', concerns: 'connection' } as const;
const PROXY = { kind: 'turned_away', message: 'PATCH: 429 from a proxy.', isOwn: false } as const;
const FAILURE = new TenantFailure('no_answer', 'GET: no answer.');

const pastOf = (before: RootAttributes | null): PastChange => ({
  ...{ connectionId: 'con_1', name: 'con_1', strategy: 'oidc', expectation: null },
  ...{ before, after: 'on_first_login' },
});

async function undo(
  connections: readonly Json[],
  { before = null, behaviour = {}, undoing = {} }: Partial<Given> = {},
): Promise<{ readonly undone: Undone; readonly sent: readonly string[]; readonly value: unknown }> {
  const { tenant, sent, stored } = createFakeTenant(connections, behaviour);
  const undone = await undoChange(pastOf(before), {
    ...{ tenant, policy: POLICY, runId: 'undo-1', allowsNeverOnLogin: false, mayStillWrite: () => true },
    ...undoing,
  });
  const { options } = { options: undefined, ...stored.get('con_1') };
  return { undone, sent, value: Object(options)[SETTING] };
}

interface Given {
  readonly before: RootAttributes | null;
  readonly behaviour: Behaviour;
  readonly undoing: Partial<Undoing>;
}

interface Row extends Partial<Given> {
  readonly claim: string;
  readonly connection?: Json | null;
  readonly expected: Partial<Undone>;
  readonly sends: number;
}

const ROWS: readonly Row[] = [
  { claim: 'removes the key that the run added', expected: { outcome: 'restored' }, sends: 1 },
  {
    claim: 'leaves a connection that is gone',
    connection: null,
    expected: { outcome: 'gone', expectation: null },
    sends: 0,
  },
  {
    claim: 'has nothing to do where the earlier value is back',
    connection: connectionOf('con_1', null),
    expected: { outcome: 'already_restored' },
    sends: 0,
  },
  {
    claim: 'leaves a value that somebody else set since',
    connection: connectionOf('con_1', 'never_on_login'),
    expected: { outcome: 'moved' },
    sends: 0,
  },
  {
    claim: 'is manual where a write could lose an option',
    connection: { ...WRITTEN, strategy: 'quantum-id' },
    expected: { outcome: 'skipped_unsafe', unsafe: 'unknown_strategy' },
    sends: 0,
  },
  {
    claim: 'is manual where the value stops the creation of users',
    before: 'never_on_login',
    expected: { outcome: 'skipped_unsafe', unsafe: 'stops_user_creation' },
    sends: 0,
  },
  {
    claim: 'is made where that value is allowed',
    before: 'never_on_login',
    undoing: { allowsNeverOnLogin: true },
    expected: { outcome: 'restored' },
    sends: 1,
  },
  {
    claim: 'is manual where it would remove the only option',
    connection: { id: 'con_1', name: 'con_1', strategy: 'samlp', options: { [SETTING]: 'on_first_login' } },
    expected: { outcome: 'skipped_unsafe', unsafe: 'only_option' },
    sends: 0,
  },
  {
    claim: 'is not tried once the permission to write is gone',
    undoing: { mayStillWrite: () => false },
    expected: { outcome: 'not_tried' },
    sends: 0,
  },
  {
    claim: 'fails where the client sent nothing',
    behaviour: { isReadOnly: true },
    expected: { outcome: 'failed', detail: null },
    sends: 0,
  },
  {
    claim: 'fails in the words of Auth0 where it refuses the write, and is in no doubt',
    behaviour: { answer: () => REFUSED },
    expected: { outcome: 'failed', detail: 'PATCH: 400 Invalid. Nothing was changed.' },
    sends: 1,
  },
  {
    claim: 'fails and is in doubt where no answer came and a second read shows no change',
    behaviour: { answer: () => ({ kind: 'unknown', message: 'PATCH: no answer.' }) },
    expected: {
      outcome: 'failed',
      isInDoubt: true,
      detail: 'PATCH: no answer. Reading it again shows no change so far.',
    },
    sends: 1,
  },
  {
    claim: 'fails and is in doubt where another than Auth0 turned the write away',
    behaviour: { answer: () => PROXY },
    expected: { outcome: 'failed', isInDoubt: true, detail: 'PATCH: 429 from a proxy.' },
    sends: 1,
  },
  {
    claim: 'fails and is in no doubt where Auth0 turned the write away',
    behaviour: { answer: () => ({ ...PROXY, isOwn: true }) },
    expected: { outcome: 'failed', detail: 'PATCH: 429 from a proxy.' },
    sends: 1,
  },
  {
    claim: 'fails before it knows the rule where the connection cannot be read',
    behaviour: {
      onRead: () => {
        throw FAILURE;
      },
    },
    expected: { outcome: 'failed', detail: 'GET: no answer.', expectation: null },
    sends: 0,
  },
];

describe('an undo', () => {
  it.each(ROWS)('$claim', async ({ connection = WRITTEN, before, behaviour, undoing, expected, sends }) => {
    const given = { before: before ?? null, behaviour: behaviour ?? {}, undoing: undoing ?? {} };
    const { undone, sent, value } = await undo(connection === null ? [] : [connection], given);
    const usual = { connectionId: 'con_1', unsafe: null, isInDoubt: false, detail: null, expectation: EXPECTATION };
    expect(undone).toEqual({ ...usual, ...expected });
    expect(sent).toHaveLength(sends);
    if (expected.outcome === 'restored') expect(value).toBe(before);
  });

  it('ends as gone where Auth0 refuses the write and the connection is gone', async () => {
    const { tenant, stored } = createFakeTenant([WRITTEN], {
      answer: () => {
        stored.delete('con_1');
        return REFUSED;
      },
    });
    const undoing = { tenant, policy: POLICY, runId: 'undo-1', allowsNeverOnLogin: false, mayStillWrite: () => true };
    expect(await undoChange(pastOf(null), undoing)).toMatchObject({ outcome: 'gone', expectation: EXPECTATION });
  });

  it('is not verified where another option changed, and the option is named', async () => {
    const { tenant, stored } = createFakeTenant([WRITTEN], {
      answer: () => {
        stored.set('con_1', connectionOf('con_1', null, { display_name: 'New' }));
        return { kind: 'unknown', message: 'PATCH: no answer.' };
      },
    });
    const undoing = { tenant, policy: POLICY, runId: 'undo-1', allowsNeverOnLogin: false, mayStillWrite: () => true };
    expect(await undoChange(pastOf(null), undoing)).toMatchObject({
      outcome: 'failed_verification',
      detail: 'After the write these differ from what was read before it: display_name.',
    });
  });

  it('ends with what nobody expected', async () => {
    const onRead = () => {
      throw new RangeError('unexpected');
    };
    await expect(undo([WRITTEN], { behaviour: { onRead } })).rejects.toThrow(RangeError);
  });
});
