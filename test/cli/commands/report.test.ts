import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FORMATS } from '../../../cli/formats/format-names';
import { withoutAws } from '../../aws/without-aws';
import { closeStores } from '../../history/stores';
import { openDeployed } from '../deployed/open-deployed';
import { type CommandLine, homeOf, openCommandLine, recordsIn, widest } from '../open-command-line';

afterEach(closeStores);

const runsOf = (cli: CommandLine) =>
  recordsIn(path.join(homeOf(cli), 'runs'))
    .map((name) => name.replace('.json', ''))
    .toSorted();

/** The files of the history by name, without the pages. */
const filesOf = (cli: CommandLine) => ['state.json', ...runsOf(cli).map((run) => `runs/${run}.json`)];
const textsOf = (cli: CommandLine) => filesOf(cli).map((file) => readFileSync(path.join(homeOf(cli), file), 'utf8'));

/** The cases of JUnit. The run itself has one more case for each connection without a finding. */
const casesOf = (text: string): string[] => text.split('\n').filter((line) => !line.startsWith('<testsuite'));

describe.each(FORMATS)('the report of a kept run as %s', (format) => {
  it.each([
    ['a first run', [], ''],
    ['a run without news', [''], ''],
    ['a run that repaired', [''], '--mode remediate --yes'],
    ['a run that was over the caps', [''], '--mode remediate --yes --max-changes 1'],
    ['a run that could not read the connections', [''], ''],
  ] as const)(`the kept report as ${format} is equal to the output of the run: %s`, async (name, before, options) => {
    const cli = await openCommandLine();
    for (const line of before) await cli.run(line);
    if (name.includes('could not'))
      cli.sandbox.faults.add({ name: 'html' }, { path: '/api/v2/connections', times: 50 });
    const earlier = before.length === 0 ? [] : runsOf(cli);
    const own = await cli.run(`${options} --format ${format}`);
    const [requests, texts] = [cli.sandbox.requests.length, textsOf(cli)];
    const again = await cli.run(`report --format ${format}`);
    if (format === 'junit') {
      const [kept, whole] = [casesOf(again.stdout), casesOf(own.stdout)];
      expect(whole).toEqual(expect.arrayContaining(kept));
      expect(whole.length - kept.length).toBe(name.includes('could not') ? 0 : 16);
    } else {
      expect(again.stdout).toBe(own.stdout);
    }
    const run = runsOf(cli).find((one) => !earlier.includes(one));
    const file = await cli.run(`report --run ${run} --format ${format} --output again`);
    expect([again.code, file.code, file.stdout]).toEqual([0, 0, '']);
    expect(file.files.get('again')).toBe(again.stdout);
    // The command sent no request, ran no audit and wrote nothing.
    expect([cli.sandbox.requests.length, textsOf(cli)]).toEqual([requests, texts]);
  });
});

describe('the command report', () => {
  it('report uses the newest run with a report, even after a later change by an operator', async () => {
    const cli = await openCommandLine();
    await cli.run('--mode remediate --yes --first-run');
    const [run = ''] = runsOf(cli);
    await cli.run(`undo --run ${run} --yes`);
    const { code, stdout, stderr } = await cli.run('report --run last --format json');
    expect([code, JSON.parse(stdout).runId]).toEqual([0, run]);
    expect(stderr.replaceAll('\n', ' ')).toMatch(
      new RegExp(
        `^Run ${run} by ann on laptop\\. Version of the auditor: \\d\\S+\\. Policy: .*/policies/[0-9a-f]{16}.json`,
      ),
    );
  });

  it('report of an undo reports that it has no report and lists its changes', async () => {
    const cli = await openCommandLine();
    await cli.run('--mode remediate --yes --first-run');
    const [run = ''] = runsOf(cli);
    await cli.run(`undo --run ${run} --yes --reason broken`);
    const undo = runsOf(cli).find((one) => one !== run) ?? '';
    const ended = await cli.run(`report --run ${undo}`);
    expect([ended.code, ended.stderr]).toEqual([0, 'This run has no report. Its kind is undo.\n']);
    expect(ended.stdout).toContain(`${undo}\n  undo, 4 connections, by ann on laptop, of run`);
    expect((await cli.run('changes')).stdout.replaceAll(' not reported yet,', '')).toContain(ended.stdout.slice(0, 90));
    const file = await cli.run(`report --run ${undo} --format html --output report.html`);
    expect([file.code, file.stdout, file.files.size]).toEqual([2, '', 0]);
    expect(file.stderr).toContain('has no report');
  });

  it('report of a run without a recorded end reports it', async () => {
    const cli = await openCommandLine();
    await cli.run('');
    edit(cli, (record) => ({ ...record, phase: 'planned', auditorVersion: undefined }));
    const { code, stdout, stderr } = await cli.run('report');
    expect([code, stdout]).toEqual([0, expect.stringContaining('20 listed')]);
    expect(stderr.replaceAll('\n', ' ')).toContain('Version of the auditor: not recorded.');
    expect(stderr.replaceAll('\n', ' ')).toContain('this report is from before its first write');
    for (const options of ['--format json', '--output report.html']) {
      const refused = await cli.run(`report ${options}`);
      expect([refused.code, refused.stdout, refused.files.size]).toEqual([2, '', 0]);
      expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain('has not recorded its end');
    }
  });

  it('report notes that the text of a policy that was changed since cannot be read', async () => {
    const cli = await openCommandLine();
    await cli.run('');
    const fingerprint = JSON.parse(textsOf(cli)[1] ?? '').policyFingerprint;
    writeFileSync(path.join(homeOf(cli), 'policies', `${fingerprint}.json`), '{}');
    const { code, stderr } = await cli.run('report');
    expect([code, stderr.replaceAll('\n', ' ')]).toEqual([0, expect.stringContaining('was changed or is damaged')]);
  });

  it('report notes what the record lacks for a format', async () => {
    const cli = await openCommandLine();
    await cli.run('');
    expect((await cli.run('report --format junit')).stderr).toContain('no tests for compliant');
    expect((await cli.run('report --format csv')).stderr).not.toContain('no tests for compliant');
  });

  const UNREADABLE: readonly [claim: string, line: string, change: (cli: CommandLine) => void, problem: string][] = [
    ['in a history without runs', 'report', () => undefined, 'contains no run yet'],
    ['that is not kept', 'report --run run-9', () => undefined, 'contains no run run-9'],
    ['that is misspelled', 'report --run lst', () => undefined, 'did you mean last?'],
    ['without a record', '', (cli) => edit(cli, () => ({})), 'not a record of that run'],
    [
      'of a later version',
      '',
      (cli) => edit(cli, (record) => ({ ...record, version: 3 })),
      'has version 3, but this auditor reads versions up to 2',
    ],
    [
      'with a value that this version does not know',
      '',
      (cli) =>
        edit(cli, ({ report, ...record }) => ({
          ...record,
          auditorVersion: '9.9.9',
          report: { ...Object(report), telling: 'later' },
        })),
      'can read: telling (invalid_value). Version 9.9.9 of the auditor wrote it.',
    ],
  ];
  it.each(UNREADABLE)('report of a run %s exits 2', async (_, line, change, problem) => {
    const cli = await openCommandLine();
    if (line === '') await cli.run('');
    change(cli);
    const { code, stdout, stderr } = await cli.run(line || 'report');
    expect([code, stdout, stderr.replaceAll(/\n +/g, ' ')]).toEqual([2, '', expect.stringContaining(problem)]);
  });
});

/** Changes the record of the only run. */
function edit(cli: CommandLine, change: (record: Record<string, unknown>) => object): void {
  const [run = ''] = runsOf(cli);
  const file = path.join(homeOf(cli), 'runs', `${run}.json`);
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')))));
}

/** The arguments of the printed command. */
function commandIn(text: string): string {
  return /npm run audit -- (report (?:.* \\\n)*.*)/.exec(text)?.[1]?.replaceAll(/\s+\\?\s*/g, ' ') ?? '';
}

describe('after an audit', () => {
  it('an audit prints the places of record and page and the command for another format', async () => {
    const cli = await openCommandLine();
    const { stderr } = await cli.run('');
    const [run = ''] = runsOf(cli);
    const folder = path.join(homeOf(cli), 'runs');
    expect(stderr).toContain(`Record: ${folder}/${run}.json\nPage:   ${folder}/${run}.html\n`);
    const again = await cli.run(commandIn(stderr));
    expect([again.code, again.files.get('report.html')]).toEqual([0, expect.stringContaining('<title>')]);
    expect(widest(again)).toBeLessThanOrEqual(80);
  });

  it('an audit to a file does not print the places of record and page', async () => {
    const cli = await openCommandLine();
    expect((await cli.run('--output report.txt')).stderr).toBe('Written: report.txt (table).\n');
  });
});

describe('the report of a deployed environment', () => {
  const { set } = withoutAws();

  it('the last report of a deployed environment is read from its bucket, also of a run from a terminal', async () => {
    const { run, cli } = await openDeployed(set);
    const own = await run('--environment sample --format json');
    expect(own.stderr).toMatch(/^Record: s3:\/\/sample-history\/.*\/runs\/.*\.json$/m);
    const requests = cli.sandbox.requests.length;
    const again = await run('report --environment sample --format json');
    expect([again.code, again.stdout, cli.sandbox.requests.length]).toEqual([0, own.stdout, requests]);
    const { stdout } = await run('history --environment sample');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('by arn:aws:sts');
  });

  it('the printed command reads the report from the local folder if the run used it', async () => {
    const { run, cli } = await openDeployed(set, { aws: { stacks: {} } });
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = cli.sandbox.credentials;
    const { stderr } = await run('--environment sample', { variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET } });
    expect(commandIn(stderr)).toContain('--history local');
    const again = await run(commandIn(stderr));
    expect([again.code, again.files.get('report.html')]).toEqual([0, expect.stringContaining('<title>')]);
  });
});
