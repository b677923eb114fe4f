import { parseArguments, UsageError } from '../../cli/arguments';

const TENANT = {
  domain: undefined,
  canonicalDomain: undefined,
  policyFile: undefined,
  secretArn: undefined,
  reservePercent: undefined,
};
const TARGET = { environment: undefined, ...TENANT };
const AUDIT = {
  environments: [],
  all: false,
  ...TENANT,
  format: undefined,
  outputs: [],
  severity: undefined,
  strategies: [],
  only: [],
  quiet: false,
  mode: 'report',
  yes: false,
  firstRun: false,
  retry: [],
  maxChanges: undefined,
  maxPercent: undefined,
  history: undefined,
};
const REASONED = { ...TARGET, reason: undefined, yes: false, history: undefined };
const UNDO = { ...REASONED, run: undefined, release: undefined, allowNeverOnLogin: false };

interface Understood {
  readonly line: string;
  readonly name: string;
  readonly values: object;
}
const audit = (line: string, values: object = {}): Understood => ({
  line,
  name: 'audit',
  values: { ...AUDIT, ...values },
});
const check = (line: string, values: object = {}): Understood => ({
  line,
  name: 'check',
  values: { ...TARGET, format: 'text', testAlarm: false, ...values },
});
const explain = (line: string, connection: string, values: object = {}): Understood => ({
  line,
  name: 'explain',
  values: { ...TARGET, connection, format: 'text', history: undefined, ...values },
});

const GOOD: readonly Understood[] = [
  audit(''),
  audit('audit'),
  audit('--environment prod', { environments: ['prod'] }),
  audit('--environment=prod', { environments: ['prod'] }),
  audit('--environment dev --environment prod', { environments: ['dev', 'prod'] }),
  audit('--all --history local --format html --output f --rate-reserve 50', {
    ...{ all: true, history: 'local', format: 'html', outputs: ['f'], reservePercent: 50 },
  }),
  audit('--domain localhost:8443', { domain: 'localhost:8443' }),
  audit('--policy p.json --format json', { policyFile: 'p.json', format: 'json' }),
  audit('--output -report.json', { outputs: ['-report.json'] }),
  audit('--output=--odd--.md', { outputs: ['--odd--.md'] }),
  audit('--output a.json --output b.OCSF.json --output c.txt', { outputs: ['a.json', 'b.OCSF.json', 'c.txt'] }),
  audit('--severity high --strategy okta,samlp --strategy new-at-auth0 --only a --only b,c', {
    ...{ severity: 'high', strategies: ['okta', 'samlp', 'new-at-auth0'], only: ['a', 'b,c'] },
  }),
  audit('--quiet --mode remediate --yes', { quiet: true, mode: 'remediate', yes: true }),
  audit('--mode remediate --yes', { mode: 'remediate', yes: true }),
  audit('--max-changes 0 --max-percent 100', { maxChanges: 0, maxPercent: 100 }),
  audit('--retry okta-1', { retry: ['okta-1'] }),
  audit('--retry okta-1,con_2', { retry: ['okta-1', 'con_2'] }),
  audit('--rate-reserve 90', { reservePercent: 90 }),
  audit('--region eu-west-1 --stack Other', { region: 'eu-west-1', stackName: 'Other' }),
  check('check --test-alarm', { testAlarm: true }),
  audit('--secret arn --history s3://b/p', { secretArn: 'arn', history: 's3://b/p' }),
  { line: 'undo --run r', name: 'undo', values: { ...UNDO, run: 'r' } },
  {
    line: 'undo --release c --yes --history h',
    name: 'undo',
    values: { ...UNDO, release: 'c', yes: true, history: 'h' },
  },
  {
    line: 'undo --run r --allow-never-on-login --reason broken',
    name: 'undo',
    values: { ...UNDO, run: 'r', allowNeverOnLogin: true, reason: 'broken' },
  },
  { line: 'unlock', name: 'unlock', values: { ...REASONED, owner: undefined } },
  { line: 'unlock --owner r --reason x', name: 'unlock', values: { ...REASONED, owner: 'r', reason: 'x' } },
  { line: 'accept-empty-listing --yes', name: 'accept-empty-listing', values: { ...REASONED, yes: true } },
  { line: 'changes --history h', name: 'changes', values: { ...TARGET, history: 'h' } },
  audit('--mode remediate --yes --first-run', { mode: 'remediate', yes: true, firstRun: true }),
  explain('explain --connection c', 'c'),
  explain('explain c', 'c'),
  explain('--environment dev explain c', 'c', { environment: 'dev' }),
  explain('explain --history h explain', 'explain', { history: 'h' }),
  explain('explain -- --odd', '--odd'),
  { line: 'lint', name: 'lint', values: { policyFile: undefined, format: 'text', strict: false } },
  {
    line: 'lint --policy p --strict --format json',
    name: 'lint',
    values: { policyFile: 'p', format: 'json', strict: true },
  },
  { line: 'baseline', name: 'baseline', values: { ...TARGET, output: undefined } },
  { line: 'baseline --output b', name: 'baseline', values: { ...TARGET, output: 'b' } },
  check('check'),
  check('check --environment prod --domain d', { environment: 'prod', domain: 'd' }),
  check('--environment prod check', { environment: 'prod' }),
];

const HELP: readonly { line: string; about: string | undefined }[] = [
  { line: '--help', about: undefined },
  { line: '-h', about: undefined },
  { line: 'chek --help', about: undefined },
  { line: 'audit -h', about: 'audit' },
  { line: 'check --help --nonsense', about: 'check' },
  { line: '--help undo', about: 'undo' },
];

const COMMANDS =
  'known commands: audit, init, check, explain, lint, baseline, fill-secret, undo, history, report, changes, unlock, accept-empty-listing';
const UNDO_NEEDS = 'undo: give either --run RUN_ID or --release ID';
const ENDINGS = 'expected a file name that ends in .txt, .json, .ocsf.json, .csv, .md, .xml, .html, or give --format';
const BAD: readonly { line: string; problems: readonly string[] }[] = [
  { line: '--enviroment prod', problems: ['--enviroment: no such option; did you mean --environment?'] },
  { line: '--enviroment=prod', problems: ['--enviroment: no such option; did you mean --environment?'] },
  { line: 'check --enviroment prod', problems: ['--enviroment: no such option; did you mean --environment?'] },
  { line: '--enviroment prod check', problems: ['--enviroment: no such option; did you mean --environment?'] },
  { line: '--enviroment check --domain d', problems: ['--enviroment: no such option; did you mean --environment?'] },
  { line: 'lint --enviroment prod', problems: ['--enviroment: no such option'] },
  { line: '--envronmnt prod', problems: ['--envronmnt: no such option; did you mean --environment?'] },
  { line: '--envrnmnt prod', problems: ['--envrnmnt: no such option'] },
  { line: 'undo --runs r', problems: ['--runs: no such option; did you mean --run?'] },
  {
    line: 'undoo --runs r --yes',
    problems: [`'undoo': no such command; did you mean undo?`, '--runs: no such option; did you mean --run?'],
  },
  { line: 'undoo --run r --yes', problems: [`'undoo': no such command; did you mean undo?`] },
  { line: '--tenant prod', problems: ['--tenant: no such option'] },
  { line: '--tenant prod staging', problems: [`'staging': no such command; ${COMMANDS}`, '--tenant: no such option'] },
  { line: '--x=y', problems: ['--x: no such option'] },
  { line: '--x=y chek', problems: ["'chek': no such command; did you mean check?", '--x: no such option'] },
  { line: '--verbose changes --format json', problems: ['--verbose: no such option', '--format: not used by changes'] },
  { line: 'check --against check', problems: ['--against: no such option'] },
  { line: '-x', problems: ['-x: no such option'] },
  { line: '-e prod', problems: ['-e: no such option'] },
  { line: '-eprod', problems: ['-e: no such option'] },
  { line: '-e=prod', problems: ['-e: no such option'] },
  { line: '-e prod -o f', problems: ['-e: no such option', '-o: no such option'] },
  { line: '-e changes --format json', problems: ['-e: no such option', '--format: not used by changes'] },
  { line: '--remediate', problems: ['--remediate: no such option'] },
  {
    line: '--mode Remediate',
    problems: ["--mode: expected report or remediate, got 'Remediate'; did you mean remediate?"],
  },
  { line: '--max-changes many', problems: ["--max-changes: expected a whole number from 0 to 100000, got 'many'"] },
  { line: '--max-percent 101', problems: ["--max-percent: expected a whole number from 0 to 100, got '101'"] },
  { line: 'undo', problems: [UNDO_NEEDS] },
  { line: 'undo --mode remediate', problems: ['--mode: not used by undo', UNDO_NEEDS] },
  { line: 'undo --run r --mode remediate', problems: ['--mode: not used by undo'] },
  { line: '--yes=no', problems: ['--yes: takes no value'] },
  { line: 'lint --strict=true', problems: ['--strict: takes no value'] },
  { line: '--max-percent 10.5', problems: ["--max-percent: expected a whole number from 0 to 100, got '10.5'"] },
  { line: '--max-changes -1', problems: ["--max-changes: expected a whole number from 0 to 100000, got '-1'"] },
  { line: '--rate-reserve 91', problems: ["--rate-reserve: expected a whole number from 0 to 90, got '91'"] },
  { line: '--mode=', problems: ['--mode: expected a value'] },
  { line: 'undo --run r --release c', problems: [UNDO_NEEDS] },
  { line: 'undo --run r --output f', problems: ['--output: not used by undo'] },
  { line: 'explain', problems: ['explain: give NAME_OR_ID'] },
  { line: 'explain a b c', problems: ["'b', 'c': explain takes one NAME_OR_ID; put a name with spaces in quotes"] },
  {
    line: 'explain a --connection b',
    problems: ['explain: give NAME_OR_ID either alone or with --connection, not both'],
  },
  { line: 'explain --what a', problems: ['--what: no such option'] },
  { line: 'explain a --output f', problems: ['--output: not used by explain'] },
  {
    line: '--format jsn',
    problems: ["--format: expected table, json, ocsf, csv, markdown, junit or html, got 'jsn'; did you mean json?"],
  },
  {
    line: 'explian foo --env prod',
    problems: [
      "'explian': no such command; did you mean explain?",
      '--env: no such option; did you mean --environment?',
    ],
  },
  { line: '--env prod', problems: ['--env: no such option; did you mean --environment?'] },
  { line: 'explain --connection c --yes', problems: ['--yes: not used by explain'] },
  { line: 'lint --environment prod', problems: [`--environment: not used by lint`] },
  { line: 'lint --policy p --fix', problems: ['--fix: no such option'] },
  { line: 'baseline --mode remediate', problems: ['--mode: not used by baseline'] },
  { line: 'check --yes', problems: ['--yes: not used by check'] },
  { line: 'chek', problems: ["'chek': no such command; did you mean check?"] },
  { line: 'check check', problems: ["'check': give only one command"] },
  {
    line: 'check dev',
    problems: ["'dev': check takes no such argument; for an environment, use --environment dev"],
  },
  { line: 'lint dev', problems: ["'dev': lint takes no such argument"] },
  { line: '--environment', problems: ['--environment: expected a value'] },
  { line: '--environment=', problems: ['--environment: expected a value'] },
  { line: '--output --format=json', problems: ['--output: expected a value, got --format=json'] },
  { line: '--format', problems: ['--format: expected a value'] },
  { line: '--format xml', problems: ["--format: expected table, json, ocsf, csv, markdown, junit or html, got 'xml'"] },
  { line: 'check --format csv', problems: ["--format: expected text or json, got 'csv'"] },
  {
    line: 'check --environment dev --environment prod',
    problems: ['--environment: given 2 times; check takes it once'],
  },
  {
    line: '--format json --domain a --format=table --domain b --domain c',
    problems: ['--format: given 2 times; audit takes it once', '--domain: given 3 times; audit takes it once'],
  },
  { line: '--all --environment dev', problems: ['--all: includes every environment; omit --environment'] },
  { line: '--environment dev --environment dev', problems: ["--environment: 'dev' is given twice"] },
  {
    line: '--all --domain d --canonical-domain c --policy p --secret s --region r --stack t --history h --retry n',
    problems: [
      '--domain: cannot be used with several environments',
      '--canonical-domain: cannot be used with several environments',
      '--policy: cannot be used with several environments',
      '--secret: cannot be used with several environments',
      '--region: cannot be used with several environments',
      '--stack: cannot be used with several environments',
      '--retry: cannot be used with several environments',
      '--history: with several environments, expected local or no --history (for the history of each environment)',
    ],
  },
  {
    line: '--environment a --environment b --mode remediate --yes --first-run --max-changes 1 --max-percent 1',
    problems: [
      '--mode remediate: repair one environment at a time',
      '--yes: cannot be used with several environments',
      '--first-run: cannot be used with several environments',
      '--max-changes: cannot be used with several environments',
      '--max-percent: cannot be used with several environments',
    ],
  },
  {
    line: '--all --format csv',
    problems: ['--format: the formats for several environments are table, json, html, not csv'],
  },
  {
    line: '--all --output r.html --output r.csv --only a --strategy okta --severity low',
    problems: [
      '--output r.csv: the formats for several environments are table, json, html, not csv',
      '--severity: cannot be used with several environments',
      '--strategy: cannot be used with several environments',
      '--only: cannot be used with several environments',
    ],
  },
  { line: '--output report', problems: [`--output report: ${ENDINGS}`] },
  { line: '--output report.jsn', problems: [`--output report.jsn: ${ENDINGS}; did you mean .json?`] },
  { line: '--output report.jsonl', problems: [`--output report.jsonl: ${ENDINGS}; did you mean .json?`] },
  { line: '--output -', problems: ['--output -: without --output, the report is printed to stdout; omit this option'] },
  { line: '--output a.md --output a.md', problems: ["--output: 'a.md' is given twice"] },
  {
    line: '--format json --output a --output b',
    problems: ['--format: allows at most one --output; with several files, the extension of each file sets its format'],
  },
  {
    line: '--severity hihg',
    problems: ["--severity: expected informational, low, medium, high or critical, got 'hihg'; did you mean high?"],
  },
  { line: '--strategy oktaa', problems: ["--strategy: no strategy 'oktaa'; did you mean okta?"] },
  { line: '--strategy okta,,', problems: ['--strategy: expected a value between the commas'] },
  {
    line: '--mode remediate --severity high',
    problems: [
      '--severity, --strategy and --only: these filters only limit what the report shows, not what is repaired; omit them with --mode remediate',
    ],
  },
  {
    line: '--mode remediate --quiet',
    problems: ['--quiet: with --mode remediate, also give --yes, because --quiet asks no question'],
  },
  {
    line: '--policy p.json --output ./p.json',
    problems: ['--output: this is the file of --policy; the report would overwrite the policy'],
  },
  { line: 'check --all', problems: ['--all: not used by check'] },
  { line: 'undo --run r --run s', problems: ['--run: given 2 times; undo takes it once'] },
  { line: '--yes --yes', problems: ['--yes: given 2 times; audit takes it once'] },
  { line: 'check --what a --what b', problems: ['--what: no such option', '--what: no such option'] },
  { line: 'check --output r', problems: ['--output: not used by check'] },
  {
    line: 'chek --format xml --domain= --what',
    problems: [
      "'chek': no such command; did you mean check?",
      '--what: no such option',
      '--domain: expected a value',
      "--format: expected table, json, ocsf, csv, markdown, junit or html, got 'xml'",
    ],
  },
];

const words = (line: string) => line.split(' ').filter((word) => word !== '');

it.each(GOOD)('the command line "$line" is accepted', ({ line, name, values }) => {
  const command = expect.objectContaining({ name });
  expect(parseArguments(words(line))).toEqual({ kind: 'run', command, values, run: expect.any(Function) });
});

it.each(HELP)('the command line "$line" asks for the usage of: $about', ({ line, about }) => {
  const request = parseArguments(words(line));
  expect(request).toMatchObject({ kind: 'help', command: about === undefined ? undefined : { name: about } });
});

it.each([
  { line: '--version', kind: 'version' },
  { line: '--version --domain x', kind: 'version' },
  { line: '--version --help', kind: 'help' },
])('the command line "$line" asks for: $kind', ({ line, kind }) => {
  expect(parseArguments(words(line))).toMatchObject({ kind });
});

it.each(['check --version', '--version=1'])('the command line "%s" is refused', (line) => {
  expect(() => parseArguments(words(line))).toThrow(UsageError);
});

it.each(BAD)('the command line "$line" is refused with every problem', ({ line, problems }) => {
  let message = '';
  try {
    parseArguments(words(line));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    message = error.message;
  }
  expect(message.split('\n')).toEqual(problems);
});

test('a quoted name with spaces is one argument', () => {
  expect(parseArguments(['explain', 'Acme Okta (EU)'])).toMatchObject({ values: { connection: 'Acme Okta (EU)' } });
});

test('an empty name is refused', () => {
  expect(() => parseArguments(['explain', ''])).toThrow(new UsageError(['NAME_OR_ID: must not be empty']));
});
