import { LOG_LINES } from '../../lambda/log-lines';
import { REMEDIATION_SCOPES } from '../../sandbox/auth0/access';
import { ALERTS_ARN, FINDINGS_ARN } from '../aws/aws-clients';
import {
  type DeployedFunction,
  deployFunction,
  HISTORY_BUCKET,
  removeFunctions,
  stateKeyOf,
} from '../deployed-function';
import { version2 } from '../history/state-files';
import { drifted } from '../repair/sandbox/tenants';

afterEach(removeFunctions);

const seed = drifted('okta', 1);
const REMEDIATE = { mode: 'remediate', caps: { maxChanges: 10, maxPercent: 100 } } as const;
const ANN = { protocol: 'email', endpoint: 'ann@example.com', confirmed: false };
const NAMED = { settings: { namesReceiver: true }, subscriptions: [ANN] } as const;

function changeState({ aws, sandbox }: DeployedFunction, change: (text: string) => string): void {
  const key = stateKeyOf(sandbox);
  aws.putObject(HISTORY_BUCKET, key, change(aws.objects(HISTORY_BUCKET).get(key)?.text ?? ''));
}

/** The bodies of the mails, each on one line. */
function mailsOf(deployed: DeployedFunction): readonly string[] {
  return deployed.alerts().map(({ message }) => JSON.parse(message).email.replaceAll(/\s+/g, ' '));
}

function operationsOf({ aws }: DeployedFunction): readonly string[] {
  return aws.calls.map(({ operation }) => operation);
}

describe('an environment that names a recipient', () => {
  it('each run fails until a recipient has confirmed, and the next run reports the unreported runs', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, ...NAMED });
    for (const night of [1, 2]) {
      await expect(deployed.invoke()).rejects.toThrow('No one has confirmed a subscription to the alerts topic');
      expect(deployed.metrics()).toHaveLength(night);
      expect(deployed.metrics().at(-1)).toMatchObject({ RunCompleted: 0, ConfirmedSubscribers: 0 });
    }
    deployed.aws.confirmSubscription(ALERTS_ARN, ANN.endpoint);
    await deployed.invoke();
    expect(deployed.metrics().at(-1)).toMatchObject({ RunCompleted: 1, ConfirmedSubscribers: 1 });
    const heard = mailsOf(deployed).at(-1);
    expect(heard).toContain('2 runs since 20');
    // The finding of the first run is still new to the recipient.
    expect(heard).toContain('2 runs not reported, 1 of 1 drifted (MEDIUM), 1 new');
    expect(heard).not.toContain('First run');
  });

  it('each write is reported one time after a recipient has confirmed', async () => {
    const sandbox = { seed, scopes: REMEDIATION_SCOPES };
    const settings = { ...REMEDIATE, namesReceiver: true };
    const state = version2({ lastTold: '2026-11-20T04:30:00.000Z' });
    const deployed = await deployFunction({ sandbox, subscriptions: [ANN], settings, state });
    await expect(deployed.invoke()).rejects.toThrow('No one has confirmed');
    deployed.aws.confirmSubscription(ALERTS_ARN, ANN.endpoint);
    await deployed.invoke();
    await deployed.invoke();
    const told = deployed
      .alerts()
      .map(({ subject, message }) => [subject?.includes('UNREPORTED WRITE'), message.includes(seed[0]?.id ?? '')]);
    expect(told).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it('a function does not write before its first reported run, because no one could object', async () => {
    const settings = { ...REMEDIATE, namesReceiver: true };
    const deployed = await deployFunction({
      ...{ sandbox: { seed, scopes: REMEDIATION_SCOPES }, subscriptions: [ANN], settings, state: version2() },
    });
    for (const _night of [1, 2]) await expect(deployed.invoke()).rejects.toThrow('No one has confirmed');
    expect(deployed.sandbox.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
    deployed.aws.confirmSubscription(ALERTS_ARN, ANN.endpoint);
    await deployed.invoke();
    expect(deployed.metrics().at(-1)).toMatchObject({ RepairsVerified: 1 });
  });

  it('a recipient who confirms during a run receives the alert of that run', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, ...NAMED });
    const confirm = async () => deployed.aws.confirmSubscription(ALERTS_ARN, ANN.endpoint);
    deployed.sandbox.faults.add({ name: 'before', run: confirm }, { path: '/api/v2/connections' });
    await deployed.invoke();
    expect(deployed.metrics()[0]).toMatchObject({ RunCompleted: 1, ConfirmedSubscribers: 1 });
  });

  it('a recipient who confirms after weeks gets each finding with the day when a run first saw it', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, ...NAMED });
    await expect(deployed.invoke()).rejects.toThrow('No one has confirmed');
    changeState(deployed, (text) => text.replaceAll(/"firstSeen":"[^"]*"/g, '"firstSeen":"2026-11-01T04:30:00.000Z"'));
    await expect(deployed.invoke()).rejects.toThrow('No one has confirmed');
    deployed.aws.confirmSubscription(ALERTS_ARN, ANN.endpoint);
    await deployed.invoke();
    const [metrics] = deployed.metrics().slice(-1);
    expect(metrics?.OldestFindingDays).toBeGreaterThan(20);
    expect(deployed.findings().at(-1)?.message).toContain('2026-11-01');
  });

  it('a run does not fail if the topic does not report its subscribers', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, ...NAMED });
    deployed.aws.failNext('GetTopicAttributes', { status: 403, code: 'AuthorizationError', message: 'no' });
    await deployed.invoke();
    expect(deployed.metrics()[0]).toMatchObject({ RunCompleted: 1 });
    expect(deployed.metrics()[0]).not.toHaveProperty('ConfirmedSubscribers');
    expect(mailsOf(deployed)[0]).toContain('did not return its number of confirmed subscriptions');
  });
});

describe('alarms with a separate topic', () => {
  const ALARMS_ARN = `${ALERTS_ARN}-alarms`;
  const variables = { ALARMS_TOPIC_ARN: ALARMS_ARN };

  it.each([
    { claim: 'without subscribers', topics: [ALERTS_ARN, FINDINGS_ARN, ALARMS_ARN] },
    { claim: 'that was deleted', topics: [ALERTS_ARN, FINDINGS_ARN] },
  ])('an alert of a run reports an alarms topic $claim', async ({ topics }) => {
    const deployed = await deployFunction({ sandbox: { seed }, topics, variables });
    await deployed.invoke();
    await deployed.invoke();
    expect(deployed.alerts()).toHaveLength(2);
    expect(mailsOf(deployed)[1]).toContain('No one receives the alarms of this environment');
  });

  it('the subscribers of alarms are not counted again if alarms use the topic of the alerts', async () => {
    const deployed = await deployFunction({ sandbox: { seed } });
    await deployed.invoke();
    expect(operationsOf(deployed).filter((operation) => operation === 'GetTopicAttributes')).toHaveLength(1);
  });
});

describe('the watch event', () => {
  const settings = { dueHours: 172 };

  it('the watch event reports an overdue run before the first run, and only reads the state', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, settings });
    expect(await deployed.invoke({ watch: true })).toMatchObject({ isOverdue: true });
    expect(operationsOf(deployed)).toEqual(['GetObject']);
    expect(deployed.sandbox.requests).toEqual([]);
    expect(deployed.aws.objects(HISTORY_BUCKET).size).toBe(0);
    expect(deployed.aws.published).toEqual([]);
  });

  it('the watch event publishes whether a run is overdue, and no metric of a run', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, settings });
    await deployed.invoke();
    expect(await deployed.invoke({ watch: true })).toMatchObject({ isOverdue: false });
    const { RunOverdue, ...others } = deployed.metrics().at(-1) ?? {};
    expect(RunOverdue).toBe(0);
    expect(Object.keys(others).sort()).toEqual(['_aws', 'environment', 'service']);
    expect(deployed.lines().at(-1)).toMatchObject({ message: 'watch', overdue: false, dueHours: 172 });
  });

  it('the watch event claims no event, so the run of the same scheduled time takes place', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, settings });
    const scheduledTime = '2026-11-23T04:30:00Z';
    await deployed.invoke({ watch: true, scheduledTime });
    expect(await deployed.invoke({ scheduledTime })).toMatchObject({ complete: true });
  });

  it('the watch event fails if the history cannot be read, and publishes no metric', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, settings });
    deployed.aws.failNext('GetObject', { status: 403, code: 'AccessDenied', message: 'Access Denied' });
    await expect(deployed.invoke({ watch: true })).rejects.toThrow(/AccessDenied/);
    expect(deployed.metrics()).toEqual([]);
  });

  it('an event with watch false starts an audit', async () => {
    const deployed = await deployFunction({ sandbox: { seed }, settings });
    expect(await deployed.invoke({ watch: false })).toMatchObject({ complete: true });
  });
});

describe('the metrics of a run', () => {
  it('the metrics of a run contain the age of the secret, the memory, the requests and the days of a stop', async () => {
    const deployed = await deployFunction({
      ...{ sandbox: { seed, scopes: REMEDIATION_SCOPES }, settings: REMEDIATE, state: version2() },
    });
    deployed.aws.setParameter('/auth0-connection-auditor/prod/writes', 'stop');
    await deployed.invoke();
    const [metrics] = deployed.metrics();
    // The secrets of the sandbox were written on the first day of 2026.
    expect(metrics?.SecretAgeDays).toBe(Math.floor((Date.now() + 7_200_000 - Date.UTC(2026, 0, 1)) / 86_400_000));
    expect(metrics).toMatchObject({
      WritesStoppedDays: 0,
      RepairsStopped: 1,
      Requests: deployed.sandbox.requests.length,
    });
    expect(metrics?.MemoryUsedPercent).toBeGreaterThan(0);
  });

  it('the metrics of a run have their units', async () => {
    const deployed = await deployFunction({ sandbox: { seed } });
    await deployed.invoke();
    const text = JSON.stringify(deployed.metrics()[0]);
    expect(text).toContain('{"Name":"RunCompleted","Unit":"Count"}');
    expect(text).toContain('{"Name":"RateLimitWait","Unit":"Seconds"}');
    expect(text).toContain('{"Name":"MemoryUsedPercent","Unit":"Percent"}');
  });
});

test('every logged line has the message, level and fields of the contract', async () => {
  const deployed = await deployFunction({ sandbox: { seed }, topics: [FINDINGS_ARN], settings: { dueHours: 29 } });
  const scheduledTime = '2026-11-23T04:30:00Z';
  await expect(deployed.invoke({ scheduledTime })).rejects.toThrow('Publishing to');
  await deployed.invoke({ watch: true });
  const contract = new Map<string, (typeof LOG_LINES)[keyof typeof LOG_LINES]>(Object.entries(LOG_LINES));
  const messages = deployed.lines().map(({ message }) => String(message));
  expect(messages).toEqual(['finding', 'run ended', 'run failed', 'watch']);
  for (const line of deployed.lines()) {
    const { level, fields } = contract.get(String(line.message)) ?? {};
    expect(line.level).toBe(level);
    expect(Object.keys(line)).toEqual(expect.arrayContaining([...(fields ?? [])]));
  }
});
