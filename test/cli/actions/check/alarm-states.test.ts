import type { AlarmName } from '../../../../lambda/contract';
import type { Environment } from '../../../../lib/environment/environment';
import type { DeployedAlarm } from '../../../../sandbox/aws/alarm';
import { withoutAws } from '../../../aws/without-aws';
import { closeStores } from '../../../history/stores';
import { CAPS } from '../../open-command-line';
import { alarmsWith, email, openLook } from './look';

const { set } = withoutAws();
afterEach(closeStores);

async function look(alarms: Readonly<Record<string, DeployedAlarm>>, environment: Partial<Environment> = {}) {
  const { about, aws, code } = await openLook(set, {
    environment: { recipients: ['ann@x.org'], ...environment },
    alerts: [email('ann@x.org')],
    aws: { alarms },
  });
  return { lines: await about('alarms'), code: code(), aws };
}

const OF_EVENTS =
  'Alarms on single events leave ALARM within an hour: the command history shows whether the last run failed.';
const QUIET = `ok 10 alarms, none is in ALARM now. ${OF_EVENTS}`;
const UNDO = 'What to do: docs/runbook.md#undo-a-change-that-was-made-outside-a-deploy';
const lacks = (what: string) =>
  `the stack has ${what}. A deploy of this version creates alarms that this version adds, but does not restore deleted alarms. ${UNDO}`;

const SINCE = /since \d{4}-\d\d-\d\d \d\d:\d\d UTC/;

describe('the alarms of an environment', () => {
  it('alarms of which none is in ALARM are counted in one line', async () => {
    const { lines, code } = await look(alarmsWith({}));
    expect([lines, code]).toEqual([[QUIET], 0]);
  });

  it('alarms are requested by their names', async () => {
    const red: DeployedAlarm = { state: 'ALARM' };
    const { lines } = await look({ ...alarmsWith({}), ...alarmsWith({ 'run-failed': red }, 'sample-eu') });
    expect(lines).toEqual([QUIET]);
  });

  it('an alarm in ALARM shows its description, since when it is in ALARM, and the runbook article', async () => {
    const description =
      "An audit run of 'sample' ended with an error.\nRun: aws logs\nRead: docs/runbook.md#run-failed";
    const { lines, code } = await look(alarmsWith({ 'run-failed': { state: 'ALARM', description } }));
    expect(lines.map((line) => line.replace(SINCE, 'since THEN'))).toEqual([
      "fail run-failed is in ALARM (since THEN): An audit run of 'sample' ended with an error. What to do: docs/runbook.md#run-failed",
      `ok the other 9 of 10 alarms are not in ALARM now. ${OF_EVENTS}`,
    ]);
    expect(code).toBe(2);
  });

  it('an alarm in ALARM links to the docsUrl of the environment', async () => {
    const docsUrl = 'https://docs.example.com/auditor';
    const { lines } = await look(alarmsWith({ throttled: { state: 'ALARM' } }), { docsUrl });
    expect(lines[0]).toContain(`What to do: ${docsUrl}/runbook.md#throttled`);
  });

  it.each<[name: AlarmName, status: string, code: number]>([
    ['run-failed', 'fail', 2],
    ['no-completed-run', 'fail', 2],
    ['still-no-completed-run', 'fail', 2],
    ['not-delivered', 'fail', 2],
    ['throttled', 'fail', 2],
    ['failed-run-lost', 'fail', 2],
    ['alert-undelivered', 'fail', 2],
    ['near-time-limit', 'warn', 0],
    ['near-memory-limit', 'warn', 0],
    ['old-credentials', 'warn', 0],
    ['writes-stopped', 'warn', 0],
  ])('the alarm %s in ALARM is a %s', async (name, status, code) => {
    const ended = await look(alarmsWith({ [name]: { state: 'ALARM' } }));
    expect([ended.lines[0]?.split(' ').slice(0, 5).join(' '), ended.code]).toEqual([
      `${status} ${name} is in ALARM`,
      code,
    ]);
  });

  it('long and invisible texts of an alarm are cut and escaped', async () => {
    const description = `\u001b[31m${'x'.repeat(900)}`;
    const { lines } = await look(alarmsWith({ 'run-failed': { state: 'ALARM', description } }));
    expect(lines[0]).toMatch(/: \\u001B\[31mx{185,200}… What to do: /);
    expect(lines[0]?.length).toBeLessThan(320);
  });

  it('a test alarm is not reported as a problem', async () => {
    const deployed = await openLook(set, {
      environment: { recipients: ['ann@x.org'] },
      alerts: [email('ann@x.org')],
      aws: { alarms: alarmsWith({}) },
    });
    await deployed.run('check --test-alarm');
    expect((await deployed.about('alarms'))[0]).toBe(
      'skip run-failed is in ALARM only because of a test alarm; CloudWatch soon restores the real state',
    );
  });

  it.each<[claim: string, name: AlarmName, environment: Partial<Environment>, says: string]>([
    ['an alarm on failures without data is not a problem', 'run-failed', {}, QUIET],
    ['an alarm that waits for the first run is not a problem', 'old-credentials', {}, QUIET],
    [
      'an alarm on completed runs without data is reported as new',
      'no-completed-run',
      {},
      'skip no-completed-run does not watch the runs yet: CloudWatch has just created the alarm, or its warm-up (alarmWarmUpHours) has not ended',
    ],
    [
      'an alarm on completed runs of a paused schedule is a warning',
      'no-completed-run',
      { schedule: { cron: '30 4 * * ? *', timeZone: 'Europe/Berlin', enabled: false } },
      'warn no-completed-run does not watch the runs: the schedule is paused',
    ],
  ])('%s', async (_claim, name, environment, says) => {
    const { lines, code } = await look(alarmsWith({ [name]: { state: 'INSUFFICIENT_DATA' } }), environment);
    expect([lines[0], code]).toEqual([says, 0]);
  });

  it.each<[name: AlarmName, status: string, code: number]>([
    ['throttled', 'fail', 2],
    ['no-completed-run', 'fail', 2],
    ['near-time-limit', 'warn', 0],
  ])('the alarm %s with disabled actions is a %s', async (name, status, code) => {
    const ended = await look(alarmsWith({ [name]: { actionsEnabled: false } }));
    const off = `${name} notifies no one: its actions were disabled, and a deploy does not enable them. ${UNDO}`;
    expect([ended.lines[0], ended.code]).toEqual([`${status} ${off}`, code]);
  });

  it.each<
    [
      claim: string,
      alarms: Readonly<Record<string, DeployedAlarm>>,
      environment: Partial<Environment>,
      says: string,
      code: number,
    ]
  >([
    ['one alarm', alarmsWith({ throttled: undefined }), {}, `fail ${lacks('no alarm throttled')}`, 2],
    ['all alarms', {}, {}, `fail ${lacks('none of the alarms of this version')}`, 2],
    [
      'two alarms (fail and warn)',
      alarmsWith({ 'old-credentials': undefined, 'run-failed': undefined }),
      {},
      `fail ${lacks('no alarm run-failed, old-credentials')}`,
      2,
    ],
    [
      'one alarm (warn)',
      alarmsWith({ 'old-credentials': undefined }),
      {},
      `warn ${lacks('no alarm old-credentials')}`,
      0,
    ],
    [
      'the alarm on stopped writes in remediate mode',
      alarmsWith({}),
      { mode: 'remediate', caps: CAPS },
      `warn ${lacks('no alarm writes-stopped')}`,
      0,
    ],
  ])(
    'the check reports %s as missing and not restored by a deploy',
    async (_claim, alarms, environment, says, code) => {
      const ended = await look(alarms, environment);
      expect([ended.lines.at(-1), ended.code]).toEqual([says, code]);
    },
  );

  it('alarms that cannot be read are skipped', async () => {
    const { about, aws, code } = await openLook(set, {
      environment: { recipients: ['ann@x.org'] },
      alerts: [email('ann@x.org')],
    });
    aws.failNext('DescribeAlarms', { status: 403, code: 'AccessDenied', message: 'Planted' });
    expect(await about('alarms')).toEqual(['skip not checked: the alarms could not be read (AccessDenied)']);
    expect(code()).toBe(0);
  });
});
