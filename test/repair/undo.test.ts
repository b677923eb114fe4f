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
    claim: 'skips a deleted connection',
    connection: null,
    expected: { outcome: 'gone', expectation: null },
    sends: 0,
  },
  {
    claim: 'does nothing if the earlier value is already there',
    connection: connectionOf('con_1', null),
    expected: { outcome: 'already_restored' },
    sends: 0,
  },
  {
    claim: 'does not change a value that another writer set since',
    connection: connectionOf('con_1', 'never_on_login'),
    expected: { outcome: 'moved' },
    sends: 0,
  },
  {
    claim: 'is manual if a write could lose an option',
    connection: { ...WRITTEN, strategy: 'quantum-id' },
    expected: { outcome: 'skipped_unsafe', unsafe: 'unknown_strategy' },
    sends: 0,
  },
  {
    claim: 'is manual if the value stops the creation of users',
    before: 'never_on_login',
    expected: { outcome: 'skipped_unsafe', unsafe: 'stops_user_creation' },
    sends: 0,
  },
  {
    claim: 'restores never_on_login if it is allowed',
    before: 'never_on_login',
    undoing: { allowsNeverOnLogin: true },
    expected: { outcome: 'restored' },
    sends: 1,
  },
  {
    claim: 'is manual if it would remove the only option',
    connection: { id: 'con_1', name: 'con_1', strategy: 'samlp', options: { [SETTING]: 'on_first_login' } },
    expected: { outcome: 'skipped_unsafe', unsafe: 'only_option' },
    sends: 0,
  },
  {
    claim: 'is not tried without permission to write',
    undoing: { mayStillWrite: () => false },
    expected: { outcome: 'not_tried' },
    sends: 0,
  },
  {
    claim: 'fails if the client sent nothing',
    behaviour: { isReadOnly: true },
    expected: { outcome: 'failed', detail: null },
    sends: 0,
  },
  {
    claim: 'fails with the message of Auth0 and without doubt if Auth0 refuses the write',
    behaviour: { answer: () => REFUSED },
    expected: { outcome: 'failed', detail: 'PATCH: 400 Invalid. Nothing was changed.' },
    sends: 1,
  },
  {
    claim: 'fails with doubt if there is no answer and a second read shows no change',
    behaviour: { answer: () => ({ kind: 'unknown', message: 'PATCH: no answer.' }) },
    expected: {
      outcome: 'failed',
      isInDoubt: true,
      detail: 'PATCH: no answer. A second read shows no change so far.',
    },
    sends: 1,
  },
  {
    claim: 'fails with doubt if a proxy rejected the write',
    behaviour: { answer: () => PROXY },
    expected: { outcome: 'failed', isInDoubt: true, detail: 'PATCH: 429 from a proxy.' },
    sends: 1,
  },
  {
    claim: 'fails without doubt if Auth0 rejected the write',
    behaviour: { answer: () => ({ ...PROXY, isOwn: true }) },
    expected: { outcome: 'failed', detail: 'PATCH: 429 from a proxy.' },
    sends: 1,
  },
  {
    claim: 'fails without an expectation if the connection cannot be read',
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
  it.each(ROWS)('an undo $claim', async ({ connection = WRITTEN, before, behaviour, undoing, expected, sends }) => {
    const given = { before: before ?? null, behaviour: behaviour ?? {}, undoing: undoing ?? {} };
    const { undone, sent, value } = await undo(connection === null ? [] : [connection], given);
    const usual = { connectionId: 'con_1', unsafe: null, isInDoubt: false, detail: null, expectation: EXPECTATION };
    expect(undone).toEqual({ ...usual, ...expected });
    expect(sent).toHaveLength(sends);
    if (expected.outcome === 'restored') expect(value).toBe(before);
  });

  it('an undo ends as gone if Auth0 refuses the write and the connection is deleted', async () => {
    const { tenant, stored } = createFakeTenant([WRITTEN], {
      answer: () => {
        stored.delete('con_1');
        return REFUSED;
      },
    });
    const undoing = { tenant, policy: POLICY, runId: 'undo-1', allowsNeverOnLogin: false, mayStillWrite: () => true };
    expect(await undoChange(pastOf(null), undoing)).toMatchObject({ outcome: 'gone', expectation: EXPECTATION });
  });

  it('an undo is not verified if another field changed, and the detail names the field', async () => {
    const { tenant, stored } = createFakeTenant([WRITTEN], {
      answer: () => {
        stored.set('con_1', connectionOf('con_1', null, { display_name: 'New' }));
        return { kind: 'unknown', message: 'PATCH: no answer.' };
      },
    });
    const undoing = { tenant, policy: POLICY, runId: 'undo-1', allowsNeverOnLogin: false, mayStillWrite: () => true };
    expect(await undoChange(pastOf(null), undoing)).toMatchObject({
      outcome: 'failed_verification',
      detail: 'After the write, these fields are not as expected: display_name.',
    });
  });

  it('an unexpected error in an undo is thrown', async () => {
    const onRead = () => {
      throw new RangeError('unexpected');
    };
    await expect(undo([WRITTEN], { behaviour: { onRead } })).rejects.toThrow(RangeError);
  });
});
