import { Sealed } from '../../lambda/connection/sealed';
import { TenantFailure, type WriteAnswer } from '../../lambda/connection/tenant';
import type { Finding } from '../../lambda/judge/finding';
import type { ChangeRecord, Ending, StopReason } from '../../lambda/judge/outcome';
import type { Policy } from '../../lambda/policy/policy';
import type { Attempted } from '../../lambda/repair/attempted';
import { remediate } from '../../lambda/repair/remediate';
import { compiled, NOW } from '../connection/sample-connection';
import { type Behaviour, connectionOf, createFakeTenant, judgeFake } from './fake-tenant';

type Json = Readonly<Record<string, unknown>>;

const POLICY: Policy = { default: { expect: 'on_first_login' } };
const READ = connectionOf('con_1', null);
const AT = new Date(NOW).toISOString();
/** The record of a write that might have been made. */
const DOUBT: ChangeRecord = { before: null, after: 'on_first_login', otherKeysChanged: [], windowMs: 7, writtenAt: AT };
const PROXY: WriteAnswer = { kind: 'turned_away', message: 'PATCH: 429 from a proxy.', isOwn: false };
const LIMITED: WriteAnswer = { kind: 'turned_away', message: 'PATCH: 429.', isOwn: true };
const REFUSED = { kind: 'refused', message: 'PATCH: 400 Invalid.', words: 'Invalid.', concerns: 'connection' } as const;

interface Given {
  /** Differences between the planned finding and the finding of the connection. */
  readonly finding: Partial<Finding>;
  /** The connection in the fresh read; `null`: deleted. */
  readonly connection: Json | null;
  readonly behaviour: Behaviour;
  readonly policy: Policy;
  /** The answers of the gate to a repair that has begun, one for each fresh read. */
  readonly closedBy: readonly (StopReason | 'ask_again' | undefined)[];
  readonly closedFor: StopReason;
}

async function repair(given: Partial<Given>): Promise<{ attempted: Attempted; sent: readonly string[] }> {
  const { finding = {}, connection = READ, behaviour = {}, policy = POLICY, closedBy = [], closedFor } = given;
  const { tenant, sent } = createFakeTenant(connection === null ? [] : [connection], behaviour);
  const said = [...closedBy];
  const gate = { closedBy: () => said.shift(), closedFor: async () => closedFor };
  const context = { tenant, policy: compiled(policy), runId: 'run-1', now: () => NOW };
  return { attempted: await remediate({ ...judgeFake(READ, compiled(POLICY)), ...finding }, context, gate), sent };
}

/** Answers the first PATCHes with `answers`, and makes later writes. */
const answering = (...answers: readonly WriteAnswer[]): Behaviour => {
  const left = [...answers];
  return { answer: () => left.shift() };
};
const failing = (reason: 'no_answer' | 'out_of_time'): Behaviour => ({
  onRead: () => {
    throw new TenantFailure(reason, 'GET: no answer.');
  },
});

interface Row extends Partial<Given> {
  readonly claim: string;
  readonly expected: Partial<Ending>;
  readonly doubt?: Attempted['doubt'];
  readonly concernsTenant?: boolean;
  readonly sends: number;
}

const CHANGED = 'The connection changed after it was judged. The next run judges it again.';
/** Options without endpoints. Auth0 finds the missing endpoints by the address. */
const LACKING = { discovery_url: 'https://a.example', token_endpoint: null, userinfo_endpoint: null };
const exempt = { id: 'con_1', reason: 'Migration.', owner: 'ann', ticket: 'ID-1' };

const ROWS: readonly Row[] = [
  { claim: 'is verified and recorded', expected: { outcome: 'remediated', change: DOUBT }, sends: 1 },
  { claim: 'ends as gone if the connection is deleted', connection: null, expected: { outcome: 'gone' }, sends: 0 },
  {
    claim: 'does nothing if another writer fixed the connection',
    connection: connectionOf('con_1', 'on_first_login'),
    expected: { outcome: 'already_compliant' },
    sends: 0,
  },
  {
    claim: 'is not written if the setting no longer applies',
    connection: { ...READ, strategy: 'sms' },
    expected: { outcome: 'skipped_conflict', detail: 'The setting no longer applies to this connection.' },
    sends: 0,
  },
  {
    claim: 'is not written if the connection now has another wrong value',
    connection: connectionOf('con_1', 'never_on_login'),
    expected: { outcome: 'skipped_conflict', detail: CHANGED },
    sends: 0,
  },
  {
    claim: 'is not written if the connection now has an unproven field that was not in the plan',
    connection: { ...READ, is_domain_connection: true },
    expected: { outcome: 'skipped_conflict', detail: CHANGED },
    sends: 0,
  },
  {
    claim: 'is not written if the connection now has another strategy',
    connection: { ...connectionOf('con_1', null), strategy: 'samlp', is_domain_connection: true },
    expected: { outcome: 'skipped_conflict', detail: CHANGED },
    sends: 0,
  },
  {
    claim: 'is not written if the finding is manual',
    finding: { repair: { action: 'manual', reason: 'masked_secret' } },
    expected: { outcome: 'skipped_conflict', detail: CHANGED },
    sends: 0,
  },
  {
    claim: 'is not written if the plan was to remove the key',
    finding: { repair: { action: 'remove', to: 'on_each_login', fills: [], unproven: [] } },
    expected: { outcome: 'skipped_conflict', detail: CHANGED },
    sends: 0,
  },
  {
    claim: 'is not written if the plan was to remove a key and the repair now sets the same value',
    finding: { repair: { action: 'remove', to: 'on_each_login', fills: [], unproven: [] }, actual: 'on_first_login' },
    connection: connectionOf('con_1', 'on_first_login'),
    policy: { default: { expect: 'on_each_login' } },
    expected: { outcome: 'skipped_conflict', detail: CHANGED },
    sends: 0,
  },
  {
    claim: 'rejected by a proxy has no doubt after a read shows the earlier value',
    behaviour: answering(PROXY),
    closedBy: [undefined, 'time'],
    expected: { outcome: 'skipped_stopped', stopped: 'time', detail: null },
    sends: 1,
  },
  {
    claim: 'is not written if the plan was to set another value',
    finding: { repair: { action: 'set', to: 'on_each_login', fills: [], unproven: [] } },
    expected: { outcome: 'skipped_conflict', detail: CHANGED },
    sends: 0,
  },
  {
    claim: 'is manual if a secret is now masked',
    connection: { ...READ, options: { ...Object(READ.options), client_secret: '********' } },
    expected: { outcome: 'skipped_unsafe', unsafe: 'masked_secret', detail: null },
    sends: 0,
  },
  {
    claim: 'is manual, with the names, if options that can change a login are now missing',
    connection: { ...READ, options: { ...Object(READ.options), ...LACKING } },
    expected: {
      outcome: 'skipped_unsafe',
      unsafe: 'write_fills',
      detail: 'Missing: token_endpoint, userinfo_endpoint.',
    },
    sends: 0,
  },
  {
    claim: 'is not written if the connection is now exempt',
    policy: { ...POLICY, exemptions: [{ ...exempt, expires: '2026-12-01' }] },
    expected: { outcome: 'skipped_exempt' },
    sends: 0,
  },
  {
    claim: 'is not written if the gate has closed',
    closedBy: ['canary'],
    expected: { outcome: 'skipped_stopped', stopped: 'canary' },
    sends: 0,
  },
  {
    claim: 'asks again for a permission that is too old, and continues',
    closedBy: ['ask_again', undefined],
    expected: { outcome: 'remediated' },
    sends: 1,
  },
  {
    claim: 'ends if a permission that is too old is not given again',
    closedBy: ['ask_again'],
    closedFor: 'kill_switch',
    expected: { outcome: 'skipped_stopped', stopped: 'kill_switch' },
    sends: 0,
  },
  {
    claim: 'fails if the client sends nothing',
    behaviour: { isReadOnly: true },
    expected: { outcome: 'failed' },
    sends: 0,
  },
  {
    claim: 'starts again after Auth0 rejected the write',
    behaviour: answering(LIMITED, LIMITED),
    expected: { outcome: 'remediated' },
    sends: 3,
  },
  {
    claim: 'fails without doubt after Auth0 rejected the write three times',
    behaviour: answering(LIMITED, LIMITED, LIMITED, LIMITED),
    expected: { outcome: 'failed', detail: 'PATCH: 429. Nothing was changed.' },
    sends: 3,
  },
  {
    claim: 'fails with doubt after a proxy rejected the last write',
    behaviour: answering(LIMITED, PROXY, PROXY),
    expected: { outcome: 'failed', detail: 'PATCH: 429 from a proxy.' },
    doubt: DOUBT,
    sends: 3,
  },
  {
    claim: 'rejected by a proxy has no doubt after Auth0 rejects the write too',
    behaviour: answering(PROXY, PROXY, LIMITED),
    expected: { outcome: 'failed', detail: 'PATCH: 429. Nothing was changed.' },
    sends: 3,
  },
  {
    claim: 'fails if the connection cannot be read',
    behaviour: failing('no_answer'),
    expected: { outcome: 'failed', detail: 'GET: no answer. Nothing was changed.' },
    sends: 0,
  },
  {
    claim: 'stops if no time is left',
    behaviour: failing('out_of_time'),
    expected: { outcome: 'skipped_stopped', stopped: 'time' },
    sends: 0,
  },
  {
    claim: 'fails with the message of Auth0 if it refuses the connection',
    behaviour: answering(REFUSED),
    expected: { outcome: 'failed', detail: 'PATCH: 400 Invalid. Nothing was changed.', refusal: 'Invalid.' },
    sends: 1,
  },
  {
    claim: 'fails for the tenant, without a refusal of the connection, if Auth0 refuses the tenant',
    behaviour: answering({ ...REFUSED, concerns: 'tenant' }),
    expected: { outcome: 'failed', refusal: null },
    concernsTenant: true,
    sends: 1,
  },
  {
    claim: 'fails with doubt if there is no answer and a second read shows no change',
    behaviour: answering({ kind: 'unknown', message: 'PATCH: no answer.' }),
    expected: { outcome: 'failed', refusal: null },
    doubt: DOUBT,
    sends: 1,
  },
];

describe('a repair', () => {
  it.each(ROWS)('a repair $claim', async ({ expected, doubt = null, concernsTenant = false, sends, ...given }) => {
    const { attempted, sent } = await repair(given);
    expect(attempted).toMatchObject({ ending: expected, doubt, concernsTenant });
    expect(sent).toHaveLength(sends);
  });

  it('a repair rejected by a proxy ends as a conflict with doubt if another writer changed the value', async () => {
    const { tenant, stored } = createFakeTenant([READ], {
      answer: () => {
        stored.set('con_1', connectionOf('con_1', 'never_on_login'));
        return PROXY;
      },
    });
    const gate = { closedBy: () => undefined, closedFor: async () => undefined };
    const context = { tenant, policy: compiled(POLICY), runId: 'run-1', now: () => NOW };
    expect(await remediate(judgeFake(READ, compiled(POLICY)), context, gate)).toMatchObject({
      ending: { outcome: 'skipped_conflict', detail: `${CHANGED} PATCH: 429 from a proxy.` },
      doubt: DOUBT,
    });
  });

  it('a repair rejected by a proxy, of a connection that is now compliant, has the message of the proxy', async () => {
    const { tenant, stored } = createFakeTenant([READ], {
      answer: () => {
        stored.set('con_1', connectionOf('con_1', 'on_first_login'));
        return PROXY;
      },
    });
    const gate = { closedBy: () => undefined, closedFor: async () => undefined };
    const context = { tenant, policy: compiled(POLICY), runId: 'run-1', now: () => NOW };
    expect(await remediate(judgeFake(READ, compiled(POLICY)), context, gate)).toMatchObject({
      ending: { outcome: 'already_compliant', detail: 'PATCH: 429 from a proxy.' },
      doubt: DOUBT,
    });
  });

  it('the record of an unverified repair contains the other changed keys, without the setting', async () => {
    const { tenant, stored } = createFakeTenant([READ], {
      answer: () => {
        stored.set('con_1', connectionOf('con_1', 'never_on_login', { display_name: 'New' }));
        return { kind: 'unknown', message: 'PATCH: no answer.' };
      },
    });
    const gate = { closedBy: () => undefined, closedFor: async () => undefined };
    const context = { tenant, policy: compiled(POLICY), runId: 'run-1', now: () => NOW };
    expect(await remediate(judgeFake(READ, compiled(POLICY)), context, gate)).toMatchObject({
      ending: {
        outcome: 'failed_verification',
        change: { ...DOUBT, otherKeysChanged: ['display_name'] },
        detail: 'After the write, these fields are not as expected: display_name, options.set_user_root_attributes.',
      },
      doubt: null,
    });
  });

  it('the record of a repair contains the keys that Auth0 itself rewrote', async () => {
    const metadata = (version: number, value: string | null) => {
      const connection = connectionOf('con_1', value);
      const options = { ...Object(connection.options), discovery_url: 'https://idp.example', oidc_metadata: version };
      return { ...connection, options };
    };
    const read = metadata(1, null);
    const answer: WriteAnswer = {
      kind: 'answered',
      sealed: new Sealed(JSON.stringify(metadata(2, 'on_first_login'))),
    };
    const { tenant } = createFakeTenant([read], { answer: () => answer });
    const gate = { closedBy: () => undefined, closedFor: async () => undefined };
    const context = { tenant, policy: compiled(POLICY), runId: 'run-1', now: () => NOW };
    expect(await remediate(judgeFake(read, compiled(POLICY)), context, gate)).toMatchObject({
      ending: { outcome: 'remediated', change: { ...DOUBT, otherKeysChanged: ['options.oidc_metadata'] } },
    });
  });

  it('a repair removes the key if an absent key means the value for the strategy', async () => {
    const samlp = { ...connectionOf('con_1', 'on_first_login'), strategy: 'samlp' };
    const policy: Policy = { default: { expect: 'on_each_login' } };
    const { tenant, stored } = createFakeTenant([samlp]);
    const gate = { closedBy: () => undefined, closedFor: async () => undefined };
    const context = { tenant, policy: compiled(policy), runId: 'run-1', now: () => NOW };
    const { ending } = await remediate(judgeFake(samlp, compiled(policy)), context, gate);
    expect(ending).toMatchObject({ outcome: 'remediated', change: { before: 'on_first_login', after: null } });
    expect(stored.get('con_1')).toEqual({ ...connectionOf('con_1', null), strategy: 'samlp' });
  });

  it('a repair ends as gone if Auth0 refuses the write and the connection is deleted', async () => {
    const { tenant, stored } = createFakeTenant([READ], {
      answer: () => {
        stored.delete('con_1');
        return REFUSED;
      },
    });
    const gate = { closedBy: () => undefined, closedFor: async () => undefined };
    const context = { tenant, policy: compiled(POLICY), runId: 'run-1', now: () => NOW };
    expect(await remediate(judgeFake(READ, compiled(POLICY)), context, gate)).toMatchObject({
      ending: { outcome: 'gone', change: null },
    });
  });

  it('an unexpected error in a repair is thrown', async () => {
    const onRead = () => {
      throw new RangeError('unexpected');
    };
    await expect(repair({ behaviour: { onRead } })).rejects.toThrow(RangeError);
  });
});
