import { createContainer } from '../lambda/container';
import { dateOf, dayAt } from '../lambda/policy/days';
import { AUDIT_SCOPES, REMEDIATION_SCOPES } from '../sandbox/auth0/access';
import { type DeployedFunction, deployFunction, HISTORY_BUCKET, removeFunctions } from './deployed-function';
import { version1, version2 } from './history/state-files';
import { drifted } from './repair/sandbox/tenants';

afterEach(removeFunctions);

const [OKTA = { id: '', name: '', strategy: '', options: {} }] = drifted('okta', 1);
const REMEDIATE = { AUDIT_MODE: 'remediate', MAX_CHANGES: '10', MAX_PERCENT: '100' };
const DAY_MS = 86_400_000;

/** Every text that the function left behind: messages, records, state, log. */
function leftBy({ aws, printed }: DeployedFunction): string {
  const kept = [...aws.objects(HISTORY_BUCKET).values()].flatMap(({ versions }) => versions);
  return JSON.stringify(aws.published) + kept.join() + printed();
}

function outcomesIn({ aws }: DeployedFunction): string[] {
  const records = [...aws.objects(HISTORY_BUCKET)].filter(([key]) => /\/runs\/.*\.json$/.test(key));
  const last = JSON.parse(records.toSorted(([a], [b]) => (a < b ? -1 : 1)).at(-1)?.[1].text ?? '');
  return last.report.findings.map(({ outcome }: { outcome: string }) => outcome);
}

function changeState({ aws }: DeployedFunction, change: (state: object) => object): void {
  const [key = '', state] = [...aws.objects(HISTORY_BUCKET)].find(([name]) => name.endsWith('state.json')) ?? [];
  aws.putObject(HISTORY_BUCKET, key, JSON.stringify(change(JSON.parse(state?.text ?? ''))));
}

describe('a setting of the function reaches the run', () => {
  it.each([
    { NAME_PEOPLE: 'true', isNamed: true },
    { NAME_PEOPLE: 'false', isNamed: false },
  ])('NAME_PEOPLE $NAME_PEOPLE: the editor is named: $isNamed', async ({ NAME_PEOPLE, isNamed }) => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: [...AUDIT_SCOPES, 'read:logs'] },
      variables: { NAME_PEOPLE },
    });
    const person = { kind: 'dashboard', email: 'robin@example.invalid', name: 'Robin' } as const;
    deployed.sandbox.editAs(person, OKTA.id, { options: { ...OKTA.options, scope: 'openid' } });
    await deployed.invoke();
    expect(leftBy(deployed)).toContain('"changedBy":{"kind":"known"');
    expect(leftBy(deployed).includes('robin@example.invalid')).toBe(isNamed);
  });

  it.each([
    { REMINDER_DAYS: '1', alerts: 2 },
    { REMINDER_DAYS: '3', alerts: 1 },
  ])('REMINDER_DAYS $REMINDER_DAYS: $alerts alerts after two days', async ({ REMINDER_DAYS, alerts }) => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, variables: { REMINDER_DAYS } });
    await deployed.invoke();
    const lastTold = new Date(Date.now() - 2 * DAY_MS).toISOString();
    changeState(deployed, (state) => ({ ...state, lastTold }));
    await deployed.invoke();
    expect(deployed.alerts()).toHaveLength(alerts);
  });

  it.each([
    { QUARANTINE_REPAIRS: '1', outcomes: ['quarantined'] },
    { QUARANTINE_REPAIRS: '2', outcomes: ['remediated'] },
  ])('QUARANTINE_REPAIRS $QUARANTINE_REPAIRS: $outcomes after one repair', async ({ QUARANTINE_REPAIRS, outcomes }) => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
      variables: { ...REMEDIATE, QUARANTINE_REPAIRS },
    });
    await deployed.invoke();
    const repairs = { [OKTA.id]: [new Date().toISOString()] };
    changeState(deployed, (state) => ({ ...state, ...version2({ repairs }) }));
    deployed.sandbox.tenant.patch(OKTA.id, { options: OKTA.options });
    await deployed.invoke();
    expect(outcomesIn(deployed)).toEqual(outcomes);
  });

  it.each([
    { SCHEDULE_TIME_ZONE: 'Etc/GMT+12', outcome: 'skipped_exempt' },
    { SCHEDULE_TIME_ZONE: 'Pacific/Kiritimati', outcome: 'skipped_grace' },
  ])('SCHEDULE_TIME_ZONE $SCHEDULE_TIME_ZONE: $outcome', async ({ SCHEDULE_TIME_ZONE, outcome }) => {
    // A day that is over in the one zone and not in the other, whatever the time.
    const expires = dateOf(dayAt(Date.now(), 'Etc/GMT+12'));
    const exemption = { id: OKTA.id, reason: 'r', owner: 'o', ticket: 't', expires };
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA] },
      policy: { default: { expect: 'on_each_login' }, exemptions: [exemption] },
      variables: { SCHEDULE_TIME_ZONE },
    });
    await deployed.invoke();
    expect(outcomesIn(deployed)).toEqual([outcome]);
  });

  it.each([
    { MAX_CHANGES: '0', outcomes: ['skipped_cap'] },
    { MAX_CHANGES: '1', outcomes: ['remediated'] },
  ])('MAX_CHANGES $MAX_CHANGES: $outcomes', async ({ MAX_CHANGES, outcomes }) => {
    const deployed = await deployFunction({
      sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES },
      variables: { ...REMEDIATE, MAX_CHANGES },
    });
    await deployed.invoke();
    expect(outcomesIn(deployed)).toEqual(outcomes);
  });

  it.each([
    { SECURITY_HUB: 'import', imported: 1 },
    { SECURITY_HUB: '', imported: 0 },
  ])('SECURITY_HUB "$SECURITY_HUB": $imported finding imported', async ({ SECURITY_HUB, imported }) => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, variables: { SECURITY_HUB } });
    await deployed.invoke();
    expect(deployed.aws.imported).toHaveLength(imported);
  });
});

describe('Security Hub after an upgrade from version 0.1.0', () => {
  const known = { code: 'WRONG_VALUE', firstSeen: '2026-01-05T04:30:00.000Z', name: 'okta', strategy: 'okta' };
  const upgraded = async () => {
    const deployed = await deployFunction({ sandbox: { seed: [OKTA] }, variables: { SECURITY_HUB: 'import' } });
    const findings = { [OKTA.id]: { ...known, outcome: 'planned' } };
    const host = new URL(deployed.sandbox.domain).host;
    const key = `${encodeURIComponent(host)}/state.json`;
    deployed.aws.putObject(HISTORY_BUCKET, key, JSON.stringify(version1({ findings })));
    const former = `auth0-connection-auditor/${host}/${OKTA.id}`;
    return { deployed, former, goesOn: `${former}/set_user_root_attributes` };
  };

  it('gets the end of each former id once, before the finding under its new id', async () => {
    const { deployed, former, goesOn } = await upgraded();
    await deployed.invoke();
    expect(deployed.aws.imported).toEqual([former, goesOn]);
    await deployed.invoke();
    expect(deployed.aws.imported).toEqual([former, goesOn, goesOn]);
  });

  it.each([
    ['Security Hub', 'BatchImportFindings'],
    ['a topic', 'Publish'],
  ])('gets the end of each former id again where %s could not be told', async (_, operation) => {
    const { deployed, former, goesOn } = await upgraded();
    deployed.aws.failNext(operation, { status: 403, code: 'AccessDeniedException', message: 'made-up' });
    await expect(deployed.invoke()).rejects.toThrow();
    await deployed.invoke();
    expect(deployed.aws.imported.slice(-2)).toEqual([former, goesOn]);
  });
});

describe('the tenant of a container', () => {
  it.each([
    { mode: 'report', patches: 0 },
    { mode: 'remediate', patches: 1 },
  ] as const)('opened in mode $mode sends $patches of one PATCH', async ({ mode, patches }) => {
    const { variables, sandbox } = await deployFunction({ sandbox: { seed: [OKTA], scopes: REMEDIATION_SCOPES } });
    const tenant = createContainer(variables).openTenant(mode, Number.POSITIVE_INFINITY);
    const { answer } = await tenant.rewriteConnection(OKTA.id, 'run-1', (fresh) => ({ body: fresh?.sealed }));
    expect(sandbox.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(patches);
    if (mode === 'report') {
      expect(answer).toMatchObject({ kind: 'refused', message: expect.stringContaining('this run may only read') });
    }
  });
});
