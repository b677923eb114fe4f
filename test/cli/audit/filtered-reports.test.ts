import { AUDIT_SCOPES } from '../../../sandbox/auth0/access';
import { mixed } from '../../../sandbox/seeds';
import { closeStores } from '../../history/stores';
import { type CommandLine, openCommandLine, readHistory } from '../open-command-line';

afterEach(closeStores);

const flat = (text: string): string => text.replaceAll(/\n */g, ' ');
const openMixed = (): Promise<CommandLine> => openCommandLine({ sandbox: { seed: mixed(), scopes: AUDIT_SCOPES } });

interface Shown {
  readonly summary: object;
  readonly coverage: object;
  readonly outcomes: object;
  readonly notices: readonly unknown[];
  readonly shown?: object;
  readonly findings: readonly { severity: string; connection: { id: string; name: string; strategy: string } }[];
}
const readJson = async (cli: CommandLine, line: string): Promise<Shown & { code: number }> => {
  const { stdout, code } = await cli.run(`${line} --format json`);
  return { ...JSON.parse(stdout), code };
};

test('filters change only the shown findings, and all other members cover the whole run', async () => {
  const whole = await readJson(await openMixed(), '');
  const [first] = whole.findings;
  if (first === undefined) throw new Error('no findings');
  const CASES: readonly (readonly [line: string, isShown: (finding: Shown['findings'][number]) => boolean])[] = [
    ['--severity high', ({ severity }) => ['high', 'critical'].includes(severity)],
    ['--severity informational', () => true],
    ['--strategy okta,samlp', ({ connection }) => ['okta', 'samlp'].includes(connection.strategy)],
    ['--strategy okta --strategy samlp', ({ connection }) => ['okta', 'samlp'].includes(connection.strategy)],
    [`--only ${first.connection.name}`, ({ connection }) => connection.name === first.connection.name],
    [`--only ${first.connection.id}`, ({ connection }) => connection.name === first.connection.name],
    [`--only ${first.connection.name} --severity critical`, () => false],
  ];
  for (const [line, isShown] of CASES) {
    const { code, findings, shown, summary, coverage, outcomes, notices } = await readJson(await openMixed(), line);
    expect(findings.map(({ connection }) => connection.name)).toEqual(
      whole.findings.filter(isShown).map(({ connection }) => connection.name),
    );
    expect(shown).toMatchObject({ findings: findings.length, of: whole.findings.length });
    expect([code, summary, coverage, outcomes, notices]).toEqual([
      whole.code,
      whole.summary,
      whole.coverage,
      whole.outcomes,
      whole.notices,
    ]);
  }
});

test('a filter does not change the recorded findings', async () => {
  const cli = await openMixed();
  await cli.run('');
  const all = Object.keys(Object(readHistory(cli, 'state.json').findings));
  const other = await openMixed();
  await other.run('--severity critical');
  expect(Object.keys(Object(readHistory(other, 'state.json').findings))).toHaveLength(all.length);
});

test.each(['table', 'markdown', 'html', 'junit'])(
  'the format %s states the number of shown findings and keeps the verdict',
  async (format) => {
    const cli = await openMixed();
    const line = `--format ${format} --severity critical`;
    const { stdout, stderr, code } = await cli.run(line);
    expect(stdout).toMatch(/0 of \d+ findings \(--severity critical\)/);
    expect(stdout).toContain('drifted');
    expect(stderr).not.toContain('Shown');
    expect(code).toBe(2);
  },
);

test.each(['csv', 'ocsf'])(
  'the format %s contains only rows, so a note states the number of shown findings',
  async (format) => {
    const cli = await openMixed();
    const { stderr } = await cli.run(`--format ${format} --severity critical`);
    expect(stderr).toMatch(/(^|\n)Shown: 0 of \d+ findings \(--severity critical\)\n/);
  },
);

test('a JUnit suite that omits open findings does not pass', async () => {
  const cli = await openMixed();
  const { stdout } = await cli.run('--format junit --severity critical');
  expect(stdout).toMatch(/<testsuites [^>]* failures="1" /);
  expect(stdout).toContain('name="no open finding is left out by a filter" time="0"><failure type="FILTERED"');
  expect(stdout).toContain('name="the audit saw every connection" time="0"/>');
  // The suite contains the two cases of the audit and the case of the filter: no finding is critical.
  expect(stdout.match(/<testcase /g)).toHaveLength(3);
  const whole = await cli.run('--format junit --severity informational');
  expect(whole.stdout).toContain('name="no open finding is left out by a filter" time="0"/>');
});

test('a name that no connection has is an error with exit code 2, and the result is still printed', async () => {
  const cli = await openMixed();
  const { stdout, stderr, code } = await cli.run('--only acme-okat --strategy my-own');
  expect(flat(stderr)).toContain(
    "--only: none of 25 connections has the id or name 'acme-okat'; did you mean 'acme-okta'?".replace(
      '25',
      String(mixed().length),
    ),
  );
  expect(flat(stderr)).toContain("has the strategy 'my-own'");
  expect(stdout).toMatch(/Shown: 0 of \d+ findings \(--strategy my-own --only acme-okat\)/);
  expect(code).toBe(2);
});

test('a connection without a finding is a valid value of --only', async () => {
  const cli = await openMixed();
  const whole = await readJson(cli, '');
  const names = new Set(whole.findings.map(({ connection }) => connection.name));
  const clean = mixed().find(({ name }) => !names.has(name));
  const { stderr, stdout } = await cli.run(`--only ${clean?.name}`);
  expect(stderr).not.toContain('--only');
  expect(stdout).toContain(`Shown: 0 of ${whole.findings.length} findings`);
});
