import { SECRET_PLACEHOLDER } from '../../../lambda/contract';
import { AUDIT_SCOPES, REMEDIATION_SCOPES } from '../../../sandbox/auth0/access';
import { startAws } from '../../../sandbox/aws/server';
import { generate } from '../../../sandbox/seeds';
import { createVirtualClock } from '../../../sandbox/virtual-clock';
import { SECRET_ARN } from '../../aws/aws-clients';
import { closeStores, pointClientsAt, whenDone } from '../../history/stores';
import { CAPS, type CommandLine, openCommandLine, type RunOptions, widest } from '../open-command-line';

afterEach(closeStores);

const REMEDIATE = '--mode remediate';
/** These tenants have no known history before the run. */
const UNASKED = '--yes --first-run';
const outcomesIn = (stdout: string): readonly string[] => {
  const report: { findings: readonly { outcome: string; stopped: string | null }[] } = JSON.parse(stdout);
  return report.findings.map(({ outcome, stopped }) => (stopped === null ? outcome : `${outcome} ${stopped}`));
};

describe('before a write', () => {
  it('a run in remediate mode shows the old and new value of each connection and asks', async () => {
    const cli = await openCommandLine();
    const drifted = Object.keys(cli.settings());
    const ended = await cli.run(REMEDIATE, { answer: false });
    const plan = ended.stderr.split('\n');
    expect(plan[0]).toMatch(/^4 connections would be written: [a-z]/);
    expect(drifted).toHaveLength(4);
    expect(plan[1]).toBe('on_first_login -> on_each_login: 4 connections, 3 of them by removing the key');
    for (const id of drifted) expect(plan).toContainEqual(expect.stringMatching(`^    \\S+ +${id}  [a-z]`));
    expect(ended.asked).toEqual([`Write 4 changes to 127.0.0.1:${cli.sandbox.port}?`]);
    expect(ended.stdout).not.toContain('would be written');
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('an answer other than yes writes nothing, is reported and exits 1', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run(REMEDIATE, { answer: false });
    expect(cli.writes()).toBe(0);
    expect(ended.stdout).toContain('WRITES STOPPED (declined)');
    expect(ended.code).toBe(1);
  });

  it('a run without a terminal to ask in writes nothing and reports it on stderr', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run(REMEDIATE);
    expect(cli.writes()).toBe(0);
    expect(ended.stderr).toContain('No terminal to ask in: nothing was written. Use --yes to skip the question.');
    expect(ended.stdout).not.toContain('No terminal');
    expect(ended.stdout).toContain('WRITES STOPPED (not confirmed)');
    expect(ended.code).toBe(1);
  });

  it('the option --yes without a history of the tenant writes nothing and is reported', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run(`${REMEDIATE} --yes`);
    expect([cli.writes(), ended.code]).toEqual([0, 1]);
    expect(ended.stdout).toContain('WRITES STOPPED (first run)');
    expect(ended.stderr.replaceAll('\n', ' ')).toContain('To write, also give --first-run');
    expect(widest(ended)).toBeLessThanOrEqual(80);
    expect((await cli.run(`${REMEDIATE} --yes`)).code).toBe(0);
    expect(cli.writes()).toBe(4);
  });

  it('a yes without a history of the tenant is enough to write, after a warning', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run(REMEDIATE, { answer: true });
    expect(ended.stderr.replaceAll('\n', ' ')).toMatch(/There is no history of 127\.0\.0\.1:\d+ in /);
    expect([cli.writes(), ended.code]).toEqual([4, 0]);
  });

  const WITHOUT_A_QUESTION = [
    { claim: 'without findings', sandbox: { seed: generate(20) }, line: '', code: 0 },
    { claim: 'over the cap', sandbox: {}, line: '--max-changes 3', code: 1 },
    { claim: 'without the scopes to write', sandbox: { scopes: AUDIT_SCOPES }, line: '', code: 1 },
  ];
  it.each(WITHOUT_A_QUESTION)('a run $claim asks no question', async ({ sandbox, line, code }) => {
    const cli = await openCommandLine({ sandbox });
    const ended = await cli.run(`${REMEDIATE} ${line}`, { answer: true });
    expect([ended.asked, cli.writes(), ended.code]).toEqual([[], 0, code]);
  });
});

describe('a write', () => {
  const ALLOWED: readonly { claim: string; line: string; runOptions: RunOptions }[] = [
    { claim: 'after a yes', line: REMEDIATE, runOptions: { answer: true } },
    { claim: 'with --yes --first-run, without asking', line: `${REMEDIATE} ${UNASKED}`, runOptions: {} },
  ];
  it.each(ALLOWED)('a run repairs what drifted and changes nothing else, $claim', async ({ line, runOptions }) => {
    const cli = await openCommandLine();
    const before = cli.stored();
    const drifted = Object.keys(cli.settings());
    const ended = await cli.run(line, runOptions);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('4 fixed, none still drifted');
    expect(cli.writes()).toBe(4);
    for (const [id, connection] of cli.stored()) {
      const { set_user_root_attributes: value, ...others } = Object(connection.options);
      const { set_user_root_attributes: _, ...othersBefore } = Object(before.get(id)?.options);
      expect({ ...connection, options: others }).toEqual({ ...before.get(id), options: othersBefore });
      if (drifted.includes(id)) expect([undefined, 'on_each_login']).toContain(value);
    }
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('each repair is shown once while the run continues', async () => {
    const cli = await openCommandLine();
    const { told } = await cli.run(`${REMEDIATE} ${UNASKED}`, { isTerminal: true });
    expect(told.filter((text) => text.includes('judged')).slice(0, 2)).toEqual([
      '1 connection judged',
      '2 connections judged',
    ]);
    expect(told.filter((text) => text.includes('left'))).toEqual([
      '1 repair finished, 3 left',
      '2 repairs finished, 2 left',
      '3 repairs finished, 1 left',
      '4 repairs finished, 0 left',
    ]);
    expect(told.at(-1)).toBe('');
  });

  it('a failed repair makes the exit code 2, and the other repairs are still shown', async () => {
    const cli = await openCommandLine();
    const body = { statusCode: 400, error: 'Bad Request', message: 'The issuer could not be reached.' };
    cli.sandbox.faults.add({ name: 'status', status: 400, body }, { method: 'PATCH' });
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} --format json`);
    expect(outcomesIn(ended.stdout).toSorted()).toEqual(['failed', 'remediated', 'remediated', 'remediated']);
    expect(ended.code).toBe(2);
  });

  it('a repair that also changed something else makes the exit code 2', async () => {
    const cli = await openCommandLine({ sandbox: { seed: generate(10, { driftPercent: 10 }) } });
    const [id = ''] = Object.keys(cli.settings());
    const other = { kind: 'api', clientId: 'made-up-other', clientName: 'Other' } as const;
    cli.sandbox.faults.add({ name: 'status', status: 502, apply: true }, { method: 'PATCH' });
    cli.sandbox.faults.add(
      { name: 'before', run: () => cli.sandbox.editAs(other, id, { display_name: 'Other name' }) },
      { method: 'GET', path: `/api/v2/connections/${id}`, nth: 2 },
    );
    const ended = await cli.run(`${REMEDIATE} ${UNASKED}`);
    expect(ended.stdout).toContain('FAILED VERIFICATION');
    expect(ended.stdout).toContain('display_name');
    expect(ended.stdout).not.toContain('Other name');
    expect(ended.code).toBe(2);
  });
});

describe('the caps', () => {
  const SMALL = { maxChanges: 3, maxPercent: 100 };
  const THIN = { maxChanges: 10, maxPercent: 19 };
  const HELD_BACK = [
    { claim: "caps of the environment's changes", environment: { caps: SMALL }, line: '' },
    { claim: "caps of the environment's percentage", environment: { caps: THIN }, line: '' },
    { claim: 'caps of fewer changes on the command line', environment: { caps: CAPS }, line: '--max-changes 3' },
    { claim: 'caps of a lower percentage on the command line', environment: { caps: CAPS }, line: '--max-percent 19' },
    { claim: 'caps of 0 changes', environment: { caps: CAPS }, line: '--max-changes 0' },
    { claim: 'missing caps', environment: {}, line: '' },
    { claim: 'caps of which only one is given', environment: {}, line: '--max-changes 4' },
  ];
  it.each(HELD_BACK)('$claim stop all planned repairs, exit code 1', async ({ environment, line }) => {
    const cli = await openCommandLine({ environment });
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} ${line}`);
    expect([cli.writes(), ended.code]).toEqual([0, 1]);
    expect(ended.stdout).toContain('OVER CAP: nothing fixed, 4 planned');
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  const LET_THROUGH = [
    { claim: 'caps of more changes on the command line', environment: { caps: SMALL }, line: '--max-changes 4' },
    { claim: 'caps of a higher percentage on the command line', environment: { caps: THIN }, line: '--max-percent 20' },
    { claim: 'caps that are both given', environment: {}, line: '--max-changes 4 --max-percent 20' },
  ];
  it.each(LET_THROUGH)('$claim allow the planned repairs, exit code 0', async ({ environment, line }) => {
    const cli = await openCommandLine({ environment });
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} ${line}`);
    expect([cli.writes(), ended.code]).toEqual([4, 0]);
  });
});

it('a larger --rate-reserve leaves more of the limit to other clients and takes longer', async () => {
  const took = async (reserve: number) => {
    const clock = createVirtualClock();
    const sandbox = { now: clock.now, rateLimit: 'enterprise', seed: generate(200, { driftPercent: 30 }) } as const;
    const cli = await openCommandLine({ sandbox, environment: { caps: { maxChanges: 100, maxPercent: 100 } } });
    const began = clock.now();
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} --rate-reserve ${reserve}`, { clock });
    expect(ended.code).toBe(0);
    return clock.now() - began;
  };
  const [all, half] = [await took(0), await took(50)];
  expect(half).toBeGreaterThan(all * 1.3);
});

describe('as JSON', () => {
  it('each finding in JSON has its outcome and change, and stdout is one document even with a question', async () => {
    const cli = await openCommandLine();
    const drifted = Object.keys(cli.settings());
    const { stdout, stderr } = await cli.run(`${REMEDIATE} --format json`, { answer: true });
    expect(stderr).toContain('would be written');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ mode: 'remediate', outcomes: { remediated: 4 } });
    const change = {
      before: 'on_first_login',
      otherKeysChanged: [],
      windowMs: expect.any(Number),
      writtenAt: expect.stringMatching(/^\d{4}-/),
    };
    for (const id of drifted) {
      const finding = report.findings.find((each: { connection: { id: string } }) => each.connection.id === id);
      expect(finding).toMatchObject({ outcome: 'remediated', change });
      const now: unknown = cli.settings()[id] ?? null;
      expect(finding.change.after).toBe(now);
    }
  });
});

it('a run in report mode sends only reads and the token call, regardless of the granted scopes', async () => {
  const cli = await openCommandLine({
    environment: { mode: 'remediate', caps: { maxChanges: 20, maxPercent: 100 } },
  });
  const ended = await cli.run('--yes');
  const sent = cli.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(sent)).toEqual(new Set(['POST /oauth/token', 'GET /api/v2/connections']));
  expect(ended.stdout).toContain('update:connections');
  expect(ended.code).toBe(1);
});

describe('credentials from a secret', () => {
  const open = async (value: (cli: CommandLine) => object | string) => {
    const cli = await openCommandLine();
    const text = value(cli);
    const secrets = { [SECRET_ARN]: typeof text === 'string' ? text : JSON.stringify(text) };
    const aws = await startAws({ port: 0, secrets });
    whenDone(() => aws.stop());
    pointClientsAt(aws.endpoint);
    return { cli, aws };
  };
  const ungiven = { AUTH0_CLIENT_ID: '', AUTH0_CLIENT_SECRET: '' };

  it('credentials from a secret are enough to write, regardless of AWS_REGION', async () => {
    const { cli, aws } = await open(({ sandbox }) => sandbox.credentials);
    delete process.env.AWS_REGION;
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} --secret ${SECRET_ARN}`, { variables: ungiven });
    expect([ended.code, cli.writes()]).toEqual([0, 4]);
    expect(aws.calls).toEqual([{ operation: 'GetSecretValue', status: 200 }]);
  });

  const REFUSED: readonly { claim: string; value: (cli: CommandLine) => object | string; reason: string }[] = [
    { claim: 'a secret that is not filled', value: () => SECRET_PLACEHOLDER, reason: 'setup_needed' },
    {
      claim: "a secret with another tenant's domain",
      value: ({ sandbox }) => ({ ...sandbox.credentials, domain: 'other.eu.auth0.com' }),
      reason: 'secret_unusable',
    },
    { claim: 'a secret that is not JSON', value: () => 'Planted', reason: 'secret_unusable' },
  ];
  it.each(REFUSED)('$claim is refused before any request, exit code 2', async ({ value, reason }) => {
    const { cli } = await open(value);
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} --format json --secret ${SECRET_ARN}`, { variables: ungiven });
    expect(JSON.parse(ended.stdout)).toMatchObject({ complete: false, incomplete: { reason } });
    expect(cli.sandbox.requests).toEqual([]);
    expect(ended.stdout).not.toContain('Planted');
    expect(ended.code).toBe(2);
  });

  it('refused credentials are explained by a command that shows no report', async () => {
    const { cli } = await open(() => SECRET_PLACEHOLDER);
    const ended = await cli.run(`baseline --secret ${SECRET_ARN}`, { variables: ungiven });
    expect(ended.stderr).toBe('- The secret still contains the placeholder it was deployed with.\n');
    expect([ended.stdout, ended.code]).toEqual(['', 2]);
  });
});

describe('two runs at the same time', () => {
  it('one of two parallel runs writes, the other only reports and shows why', async () => {
    const cli = await openCommandLine();
    const others: string[] = [];
    cli.sandbox.faults.add(
      {
        name: 'before',
        run: async () => {
          const other = await cli.run(`${REMEDIATE} ${UNASKED} --format json`);
          others.push(other.stdout);
          expect(other.code).toBe(1);
        },
      },
      { method: 'PATCH' },
    );
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} --format json`);
    expect(outcomesIn(ended.stdout)).toEqual(Array.from({ length: 4 }, () => 'remediated'));
    expect(new Set(outcomesIn(others[0] ?? ''))).toEqual(new Set(['skipped_stopped lease']));
    expect(cli.writes()).toBe(4);
  });

  it('runs that have ended do not block the next run', async () => {
    const cli = await openCommandLine();
    await cli.run(`${REMEDIATE} ${UNASKED}`);
    const [[id = ''] = []] = [...cli.stored()];
    const editor = { kind: 'api', clientId: 'made-up-other', clientName: 'Other' } as const;
    const options = Object(cli.stored().get(id)?.options);
    cli.sandbox.editAs(editor, id, { options: { ...options, set_user_root_attributes: 'on_first_login' } });
    expect((await cli.run(`${REMEDIATE} ${UNASKED}`)).code).toBe(0);
    expect(cli.writes()).toBe(5);
  });
});

describe('a report to a file', () => {
  it('a report whose file cannot be written is printed instead, exit code 2', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run(`${REMEDIATE} ${UNASKED} --output none/report.txt`, { cannotWriteFiles: true });
    expect(ended.stdout).toContain('4 fixed, none still drifted');
    expect(ended.stderr.replaceAll('\n  ', ' ')).toContain(
      "- --output: ENOENT: no such file or directory, open 'none/report.txt'; the report is printed instead\n",
    );
    expect(ended.code).toBe(2);
  });
});

it('a run in remediate mode without the write scopes reports the missing scopes and writes nothing', async () => {
  const cli = await openCommandLine({ sandbox: { scopes: REMEDIATION_SCOPES.slice(0, 3) } });
  const ended = await cli.run(`${REMEDIATE} ${UNASKED}`);
  expect([ended.code, cli.writes()]).toEqual([1, 0]);
  expect(ended.stdout).toContain('update:connections_options');
});
