import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { SETTING } from '../../lambda/connection/setting';
import { STRATEGY_TABLE_VERSION } from '../../lambda/connection/strategies';
import { expectationOf, type Refusals } from '../../lambda/history/state';
import type { Finding } from '../../lambda/judge/finding';
import * as aws from '../../lambda/report/commands/aws';
import { type Command, inLines, quoteForShell, toWord, type Word } from '../../lambda/report/commands/command';
import * as npm from '../../lambda/report/commands/npm';
import type { CommandPlace } from '../../lambda/report/commands/place';
import type { Environment } from '../../lib/environment/environment';
import { REMEDIATION_SCOPES } from '../../sandbox/auth0/access';
import { type Sandbox, start } from '../../sandbox/auth0/server';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { generate } from '../../sandbox/seeds';
import { makeSelfSigned } from '../../sandbox/self-signed';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from '../aws/aws-clients';
import { type InstalledAws, installAws } from '../aws-cli/install-aws';
import { type Ran, runCommand } from '../aws-cli/run-command';
import { alarmsWith } from '../cli/actions/check/look';
import { ALARM, BUCKET, OUTPUTS, REGION, STACK, SWITCH } from '../cli/deployed/open-deployed';
import { version2 } from '../history/state-files';
import { closeStores, makeFolder, whenDone } from '../history/stores';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { makeCheckout } from './checkout';

/**
 * Runs each printed command as an operator pastes it: in a shell, with the line breaks of a mail, from an empty
 * environment with AWS credentials. The AWS CLI is a stand-in with the same options. AWS and the tenant are emulated.
 */
interface World {
  readonly sandbox: Sandbox;
  readonly aws: AwsSandbox;
  readonly place: CommandPlace;
  /** Pastes a command. `more` is text that the operator adds instead of an answer; `input` is the text on stdin. */
  paste(command: Command | undefined, options?: { readonly more?: string; readonly input?: string }): Promise<Ran>;
  /** The setting of every connection, by id. */
  settings(): ReadonlyMap<string, unknown>;
  /** A file in the folder in which commands are pasted. */
  readFile(name: string): string;
  /** The id of the only run that repaired. */
  repairedRun(): string;
}

let world: World;
let before: ReadonlyMap<string, unknown>;

const FUNCTION = 'sample-function';
const LOG_GROUP = 'sample-log';
const QUEUE_URL = `https://sqs.${REGION}.amazonaws.com/000000000000/undelivered`;
const word = (text: string): Word => {
  const found = toWord(text);
  if (found === undefined) throw new Error(text);
  return found;
};

beforeAll(async () => {
  const tls = makeSelfSigned();
  const port = await freePort();
  const domain = `localhost:${port}`;
  const seed = generate(20, { driftPercent: 20 });
  const sandbox = await start({
    tls,
    port,
    canonicalDomain: domain,
    seed,
    scopes: REMEDIATION_SCOPES,
    rateLimit: 'off',
  });
  const recipients = ['ann@x.org'];
  const environment: Environment = { ...sampleEnvironment, domain, recipients, caps: { maxChanges: 1, maxPercent: 5 } };
  const cloud = await startAws({
    port: 0,
    region: REGION,
    stacks: { [STACK]: { outputs: OUTPUTS }, Renamed: { outputs: OUTPUTS } },
    secrets: { [SECRET_ARN]: '{"client_id":"REPLACE_ME","client_secret":"REPLACE_ME"}' },
    topics: {
      [ALERTS_ARN]: [{ protocol: 'email', endpoint: 'ann@x.org', confirmed: true }],
      [FINDINGS_ARN]: [],
    },
    buckets: [BUCKET],
    parameters: { [SWITCH]: 'allow' },
    functions: { [FUNCTION]: async () => ({ runId: 'run-1', complete: true }) },
    alarms: { ...alarmsWith({}), [ALARM]: { alarmActions: [{ topicArn: ALERTS_ARN }] } },
    queues: { [QUEUE_URL]: [{ body: '{}', attributes: { ERROR_CODE: 'made-up' } }] },
    // An hour ago, so that a command with a start of ten minutes ago prints nothing.
    logGroups: { [LOG_GROUP]: [{ timestamp: Date.now() - 3_600_000, message: 'run ended' }] },
    identity: 'arn:aws:sts::000000000000:assumed-role/Admin/ann',
  });
  const tools: InstalledAws = installAws();
  const cwd = makeCheckout(environment);
  const authority = path.join(makeFolder(), 'authority.pem');
  writeFileSync(authority, tls.cert);
  whenDone(() => sandbox.stop());
  whenDone(() => cloud.stop());
  whenDone(tools.remove);
  const env = {
    PATH: `${tools.path}${path.delimiter}${process.env.PATH}`,
    HOME: makeFolder(),
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    // The addresses of the emulated AWS and tenant.
    AWS_ENDPOINT_URL: cloud.endpoint,
    NODE_EXTRA_CA_CERTS: authority,
  };
  world = {
    sandbox,
    aws: cloud,
    place: { environment: word('sample'), region: word(REGION), functionName: word(FUNCTION) },
    paste: (command, { more = '', input } = {}) => {
      const lines = inLines(command);
      if (lines.length === 0) throw new Error('nothing was printed');
      const text = `${lines.join('\n')} ${more}`;
      return runCommand(input === undefined ? text : `printf '%s' '${input}' | ${text}`, { env, cwd });
    },
    settings: () =>
      new Map(
        [...sandbox.tenant.connections.values()].map(({ id, options }) => [
          String(id),
          options.set_user_root_attributes,
        ]),
      ),
    readFile: (name) => readFileSync(path.join(cwd, name), 'utf8'),
    repairedRun: () => {
      const repaired = [...cloud.objects(BUCKET)].flatMap(([key, { text }]) =>
        /\/runs\/[^/]+\.json$/.test(key) && text.includes('"outcome":"remediated"')
          ? [path.basename(key, '.json')]
          : [],
      );
      if (repaired.length === 0) throw new Error('no run repaired');
      return repaired.toSorted()[0] ?? '';
    },
  };
  before = world.settings();
});
afterAll(closeStores);

/** Changes a file that the function has written to the history of the tenant. */
function editHistory(file: string, change: (content: string) => string): void {
  const [key = ''] = [...world.aws.objects(BUCKET).keys()].filter((name) => name.endsWith(`/${file}`));
  world.aws.putObject(BUCKET, key, change(world.aws.objects(BUCKET).get(key)?.text ?? ''));
}

function refusalOf(finding: Finding): Refusals {
  const at = new Date().toISOString();
  const value = finding.actual === 'on_first_login' ? finding.actual : null;
  const expectation = expectationOf(finding);
  return {
    runs: 3,
    since: at,
    last: at,
    runId: 'run-1',
    words: '400',
    value,
    expectation,
    facts: STRATEGY_TABLE_VERSION,
  };
}

const changed = (): string[] => {
  const now = world.settings();
  return [...before].flatMap(([id, value]) => (now.get(id) === value ? [] : [id]));
};

type Makers = keyof typeof aws | keyof typeof npm;

/** The rows are in the order in which the commands are pasted. A maker without a row does not compile. */
const ROWS: Readonly<Record<Makers, () => Promise<void>>> = {
  fillSecretCommand: async () => {
    const input = JSON.stringify(world.sandbox.credentials);
    const { code } = await world.paste(npm.fillSecretCommand(world.place), { input });
    expect([code, world.aws.secret(SECRET_ARN)]).toEqual([0, input]);
  },
  checkCommand: async () => {
    const { code, stdout } = await world.paste(npm.checkCommand(world.place));
    expect(stdout).toMatch(/^ok {4}credentials/m);
    expect(stdout).toMatch(/^ok {4}AWS {10}stack ConnectionAuditor-sample in eu-central-1$/m);
    expect(stdout).toMatch(/^ok {4}alerts {7}email ann@x\.org has confirmed$/m);
    expect(code).toBe(0);
  },
  testAlarmCommand: async () => {
    const { code, stdout } = await world.paste(npm.testAlarmCommand(world.place));
    expect(stdout).toMatch(/^ok {4}alarms {7}a test alarm was sent to email ann@x\.org$/m);
    expect([code, world.aws.published.at(-1)?.topicArn]).toEqual([0, ALERTS_ARN]);
  },
  auditCommand: async () => {
    const { code, stdout } = await world.paste(npm.auditCommand(world.place));
    expect([code, changed()]).toEqual([1, []]);
    expect(stdout).toContain('20 listed, 20 judged');
  },
  largePlanCommand: async () => {
    const { code } = await world.paste(npm.largePlanCommand(world.place, 4), { more: '--yes' });
    expect([code, changed().length]).toEqual([0, 4]);
  },
  historyCommand: async () => {
    const { code, stdout } = await world.paste(npm.historyCommand(world.place));
    expect(code).toBe(0);
    expect(stdout).toContain(world.repairedRun());
  },
  changesCommand: async () => {
    const { code, stdout } = await world.paste(npm.changesCommand(world.place));
    expect(code).toBe(0);
    // The output contains a command.
    expect(stdout.replaceAll(/ \\\n\s+/g, ' ')).toContain(
      `npm run audit -- undo --environment sample --region ${REGION} --run ${world.repairedRun()}`,
    );
  },
  reportCommand: async () => {
    const requests = world.sandbox.requests.length;
    const { code, stderr } = await world.paste(npm.reportCommand(world.place, world.repairedRun()));
    expect([code, world.sandbox.requests.length - requests]).toEqual([0, 0]);
    expect(stderr).toContain(`Run ${world.repairedRun()} by\narn:aws:sts::000000000000:assumed-role/Admin/ann.`);
    expect(world.readFile('report.html')).toContain('<title>');
  },
  undoCommand: async () => {
    const { code } = await world.paste(npm.undoCommand(world.place, world.repairedRun()), { more: '--yes' });
    expect([code, changed()]).toEqual([0, []]);
  },
  undoToNeverCommand: async () => {
    // The connections are already restored, so the command states this and writes nothing.
    const { code, stdout } = await world.paste(npm.undoToNeverCommand(world.place, world.repairedRun()), {
      more: '--yes',
    });
    expect([code, changed()]).toEqual([0, []]);
    expect(stdout).toContain('already as it was before');
  },
  releaseCommand: async () => {
    const { code, stdout } = await world.paste(npm.releaseCommand(world.place, world.repairedRun()));
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 connections are no longer held')]);
  },
  retryCommand: async () => {
    const { stdout } = await world.paste(npm.auditCommand(world.place), { more: '--format json' });
    const findings: Finding[] = JSON.parse(stdout.slice(stdout.indexOf('{'))).findings;
    // All connections are paused after refusals, and the command names one of them.
    editHistory('state.json', (text) => {
      const state = JSON.parse(text);
      state.controls[SETTING].refusals = Object.fromEntries(
        findings.map((finding) => [finding.connection.id, refusalOf(finding)]),
      );
      return JSON.stringify(state);
    });
    const id = findings[0]?.connection.id ?? '';
    const more = '--yes --max-changes 9 --max-percent 100';
    const { code } = await world.paste(npm.retryCommand(world.place, [id]), { more });
    expect([code, changed()]).toEqual([1, [id]]);
  },
  unlockCommand: async () => {
    const free = await world.paste(npm.unlockCommand(world.place));
    expect([free.code, free.stdout]).toEqual([0, expect.stringContaining('No run has the lease')]);
    editHistory('lease.json', () => JSON.stringify({ owner: 'run-1', until: Date.now() - 1000, unsettled: [] }));
    const ended = await world.paste(npm.unlockCommand(world.place), { more: '--yes' });
    expect([ended.code, ended.stdout]).toEqual([0, expect.stringContaining('The lease is free.')]);
  },
  acceptEmptyCommand: async () => {
    // The state after a run of the function. A run from a terminal leaves no listing.
    const listed = { runId: 'r', at: '2026-01-05T04:30:00.000Z', complete: true, listed: 20 };
    const trend = [{ ...listed, noncompliant: 0, indeterminate: 0, exempt: 0, remediated: 0 }];
    editHistory('state.json', () => JSON.stringify(version2({ trend })));
    const { code, stdout } = await world.paste(npm.acceptEmptyCommand(world.place), { more: '--yes' });
    expect([code, stdout]).toEqual([0, expect.stringContaining('Confirmed.')]);
  },
  lintPolicyCommand: async () => {
    const file = path.join(makeFolder(), "ann's policy.json");
    writeFileSync(file, '{"default":{"expect":"on_each_login"}}');
    expect((await world.paste(npm.lintPolicyCommand(file, 'repository'))).code).toBe(0);
    writeFileSync(file, '{"default":{"expect":"always"}}');
    expect((await world.paste(npm.lintPolicyCommand(file, 'repository'))).code).toBe(2);
  },
  initCommand: async () => {
    const policyFile = path.join(makeFolder(), "ann's policy.json");
    writeFileSync(policyFile, '{"default":{"expect":"on_each_login"}}');
    const domain = `127.0.0.1:${world.sandbox.port}`;
    const { code, stdout } = await world.paste(
      npm.initCommand({ policyFile, domain, canonicalDomain: domain }, 'repository'),
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining('Written:\n  environments/dev.ts\n')]);
  },
  lintCommand: async () => {
    // Lint reads the file that `init` wrote.
    const { code, stdout } = await world.paste(npm.lintCommand('repository'));
    expect([code, stdout]).toEqual([0, expect.stringContaining('environments/dev.ts: recipients')]);
  },
  stopWritesCommand: async () => {
    const { code } = await world.paste(aws.stopWritesCommand(world.place));
    expect([code, world.aws.parameter(SWITCH)]).toEqual([0, 'stop']);
  },
  allowWritesCommand: async () => {
    const { code } = await world.paste(aws.allowWritesCommand(world.place));
    expect([code, world.aws.parameter(SWITCH)]).toEqual([0, 'allow']);
  },
  writesHistoryCommand: async () => {
    const { code, stdout } = await world.paste(aws.writesHistoryCommand(world.place));
    const { Parameters: changes } = JSON.parse(stdout);
    const by = { LastModifiedUser: 'arn:aws:sts::000000000000:assumed-role/Admin/ann' };
    const values = ['allow', 'stop', 'allow'].map((Value) => expect.objectContaining({ Value, ...by }));
    expect([code, changes]).toEqual([0, values]);
  },
  invokeCommand: async () => {
    const { code } = await world.paste(aws.invokeCommand(world.place));
    expect(code).toBe(0);
    expect(world.aws.invocations.at(-1)).toMatchObject({ functionName: FUNCTION, type: 'Event' });
  },
  invokeAndWaitCommand: async () => {
    const { code, stdout } = await world.paste(aws.invokeAndWaitCommand(world.place));
    expect([code, stdout]).toEqual([0, expect.stringContaining('{"runId":"run-1","complete":true}')]);
  },
  tailLogsCommand: async () => {
    const { code, stdout } = await world.paste(aws.tailLogsCommand(world.place, word(LOG_GROUP)));
    expect([code, stdout]).toEqual([0, expect.stringContaining('run ended')]);
  },
  readLogsCommand: async () => {
    const { code, stdout } = await world.paste(aws.readLogsCommand(world.place, word(LOG_GROUP), 2));
    expect([code, stdout]).toEqual([0, expect.stringContaining('run ended')]);
  },
  readQueueCommand: async () => {
    // The second reader gets the same messages as the first.
    for (const _reader of ['first', 'second']) {
      const { code, stdout } = await world.paste(aws.readQueueCommand(world.place, word(QUEUE_URL)));
      expect([code, stdout]).toEqual([0, expect.stringContaining('ERROR_CODE')]);
    }
  },
  accountSettingsCommand: async () => {
    const { code, stdout } = await world.paste(aws.accountSettingsCommand(world.place));
    expect([code, stdout]).toEqual([0, expect.stringContaining('UnreservedConcurrentExecutions')]);
  },
  subscriptionsCommand: async () => {
    const { code, stdout } = await world.paste(aws.subscriptionsCommand(world.place, word(ALERTS_ARN)));
    expect([code, stdout]).toEqual([0, expect.stringContaining('ann@x.org')]);
  },
  subscribeCommand: async () => {
    const endpoint = "o'hara+auth0@x.org";
    const command = aws.subscribeCommand(world.place, { topicArn: word(ALERTS_ARN), protocol: 'email', endpoint });
    const { code, stdout } = await world.paste(command);
    expect([code, stdout]).toEqual([0, expect.stringContaining('pending confirmation')]);
    expect(world.aws.subscriptions(ALERTS_ARN).at(-1)).toEqual({ protocol: 'email', endpoint, confirmed: false });
    world.aws.removeSubscription(ALERTS_ARN, endpoint);
  },
  testAlertCommand: async () => {
    for (const isForChat of [false, true]) {
      const command = aws.testAlertCommand(world.place, { topicArn: word(ALERTS_ARN), isForChat });
      expect((await world.paste(command)).code).toBe(0);
      const { subject, message, messageStructure } = world.aws.published.at(-1) ?? {};
      expect([subject, messageStructure]).toEqual(['Test alert', isForChat ? 'json' : undefined]);
      expect(isForChat ? JSON.parse(message ?? '').default : message).toContain('you will receive');
    }
  },
};

describe('a printed command, pasted from an empty environment with AWS credentials', () => {
  test.each(Object.entries(ROWS))('the pasted command of %s has its documented effect', async (_maker, check) => {
    await check();
  });

  test('a printed command uses the stack, domains, policy and history of the command before it', async () => {
    const host = `localhost:${world.sandbox.port}`;
    const policy = path.join(makeFolder(), "ann's policy.json");
    writeFileSync(policy, '{"default":{"expect":"on_first_login"}}');
    const place: CommandPlace = {
      ...world.place,
      stack: word('Renamed'),
      typed: [`--domain ${host}`, `--canonical-domain ${host}`, `--policy ${quoteForShell(policy)}`],
      typedHistory: `--history s3://${BUCKET}`,
    };
    expect((await world.paste(npm.changesCommand(place))).stdout).toContain('empty listing accepted');
    expect((await world.paste(npm.checkCommand(place))).stdout).toMatch(/^ok {4}AWS {10}stack Renamed/m);
    const audited = await world.paste(npm.auditCommand(place), { more: '--format json' });
    expect(audited.stdout).toMatch(/"expected": \[\s+"on_first_login"/);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
