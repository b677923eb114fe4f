import { ALARM_NAMES, type AlarmName, alarmNameOf } from '../../../../lambda/contract';
import type { Environment } from '../../../../lib/environment/environment';
import type { DeployedAlarm } from '../../../../sandbox/aws/alarm';
import { withoutAws } from '../../../aws/without-aws';
import { closeStores } from '../../../history/stores';
import { CAPS } from '../../open-command-line';
import { email, openLook } from './look';

const { set } = withoutAws();
afterEach(closeStores);

/** The alarms of an environment in mode report, but for those that are given. */
function alarmsWith(given: { readonly [name in AlarmName]?: DeployedAlarm | undefined }, environment = 'sample') {
  const all: Record<string, DeployedAlarm> = {};
  for (const name of ALARM_NAMES) {
    const alarm = name in given || name === 'writes-stopped' ? given[name] : {};
    if (alarm !== undefined) all[alarmNameOf(environment, name)] = alarm;
  }
  return all;
}

async function look(alarms: Readonly<Record<string, DeployedAlarm>>, environment: Partial<Environment> = {}) {
  const { about, aws, code } = await openLook(set, {
    environment: { recipients: ['ann@x.org'], ...environment },
    alerts: [email('ann@x.org')],
    aws: { alarms },
  });
  return { lines: await about('alarms'), code: code(), aws };
}

const SINCE = /since \d{4}-\d\d-\d\d \d\d:\d\d UTC/;

describe('the alarms of an environment', () => {
  it('are counted where none is red', async () => {
    const { lines, code } = await look(alarmsWith({}));
    expect([lines, code]).toEqual([['ok 10 alarms, none is in ALARM'], 0]);
  });

  it('are asked for by their names', async () => {
    const red: DeployedAlarm = { state: 'ALARM' };
    const { lines } = await look({ ...alarmsWith({}), ...alarmsWith({ 'run-failed': red }, 'sample-eu') });
    expect(lines).toEqual(['ok 10 alarms, none is in ALARM']);
  });

  it('that are red say what is wrong, since when, and where to read', async () => {
    const description =
      "An audit run of 'sample' ended with an error.\nRun: aws logs\nRead: docs/runbook.md#run-failed";
    const { lines, code } = await look(alarmsWith({ 'run-failed': { state: 'ALARM', description } }));
    expect(lines.map((line) => line.replace(SINCE, 'since THEN'))).toEqual([
      "fail run-failed is in ALARM since THEN: An audit run of 'sample' ended with an error. What to do: docs/runbook.md#run-failed",
      'ok the other 9 of 10 alarms are not in ALARM',
    ]);
    expect(code).toBe(2);
  });

  it('link to the address of the docs', async () => {
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
  ])('make a red %s a %s', async (name, status, code) => {
    const ended = await look(alarmsWith({ [name]: { state: 'ALARM' } }));
    expect([ended.lines[0]?.split(' ').slice(0, 5).join(' '), ended.code]).toEqual([
      `${status} ${name} is in ALARM`,
      code,
    ]);
  });

  it('have long and invisible texts cut and escaped', async () => {
    const description = `\u001b[31m${'x'.repeat(900)}`;
    const { lines } = await look(alarmsWith({ 'run-failed': { state: 'ALARM', description } }));
    expect(lines[0]).toMatch(/: \\u001B\[31mx{185,200}… What to do: /);
    expect(lines[0]?.length).toBeLessThan(320);
  });

  it('are not red for a test alarm', async () => {
    const deployed = await openLook(set, {
      environment: { recipients: ['ann@x.org'] },
      alerts: [email('ann@x.org')],
      aws: { alarms: alarmsWith({}) },
    });
    await deployed.run('check --test-alarm');
    expect((await deployed.about('alarms'))[0]).toBe(
      'skip run-failed is in ALARM for a test alarm only; CloudWatch soon puts its true state back',
    );
  });

  it.each<[claim: string, name: AlarmName, environment: Partial<Environment>, says: string]>([
    ['counts failures is quiet', 'run-failed', {}, 'ok 10 alarms, none is in ALARM'],
    ['waits for the first run is quiet', 'old-credentials', {}, 'ok 10 alarms, none is in ALARM'],
    [
      'waits for completed runs is new',
      'no-completed-run',
      {},
      'skip no-completed-run does not watch yet: it begins 48 hours after the first deploy',
    ],
    [
      'waits for completed runs of a paused schedule does not watch',
      'no-completed-run',
      { schedule: { cron: '30 4 * * ? *', timeZone: 'Europe/Berlin', enabled: false } },
      'warn no-completed-run does not watch: the schedule is paused',
    ],
  ])('one without data that %s', async (_claim, name, environment, says) => {
    const { lines, code } = await look(alarmsWith({ [name]: { state: 'INSUFFICIENT_DATA' } }), environment);
    expect([lines[0], code]).toEqual([says, 0]);
  });

  it('whose actions are switched off tell nobody', async () => {
    const { lines } = await look(alarmsWith({ throttled: { actionsEnabled: false } }));
    expect(lines[0]).toMatch(/^warn throttled tells nobody: somebody switched its actions off/);
  });

  it.each<
    [claim: string, alarms: Readonly<Record<string, DeployedAlarm>>, environment: Partial<Environment>, says: string]
  >([
    ['one', alarmsWith({ throttled: undefined }), {}, 'warn the stack has no alarm throttled; deploy it again'],
    ['all', {}, {}, 'warn the stack has none of the alarms of this version; deploy it again'],
    [
      'that on stopped writes, in mode remediate,',
      alarmsWith({}),
      { mode: 'remediate', caps: CAPS },
      'warn the stack has no alarm writes-stopped; deploy it again',
    ],
  ])('of which %s is missing need a deploy', async (_claim, alarms, environment, says) => {
    const { lines, code } = await look(alarms, environment);
    expect([lines.at(-1), code]).toEqual([says, 0]);
  });

  it('that may not be read are passed over', async () => {
    const { about, aws, code } = await openLook(set, {
      environment: { recipients: ['ann@x.org'] },
      alerts: [email('ann@x.org')],
    });
    aws.failNext('DescribeAlarms', { status: 403, code: 'AccessDenied', message: 'Planted' });
    expect(await about('alarms')).toEqual(['skip not looked at: the alarms could not be read (AccessDenied)']);
    expect(code()).toBe(0);
  });
});
