import { type Command, parseArguments, UsageError } from '../../cli/arguments';

const TARGET = {
  environment: 'dev',
  domain: undefined,
  policyFile: undefined,
  secretArn: undefined,
  reservePercent: undefined,
};
const WISH = {
  format: 'table',
  output: undefined,
  mode: 'report',
  yes: false,
  maxChanges: undefined,
  maxPercent: undefined,
  history: undefined,
} as const;
const audit = (target: object = {}, wish: object = {}): Command => ({
  name: 'audit',
  target: { ...TARGET, ...target },
  audit: { ...WISH, ...wish },
});
const check = (target: object = {}): Command => ({ name: 'check', target: { ...TARGET, ...target } });
const undo = (wish: object): Command => ({
  name: 'undo',
  target: TARGET,
  undo: { run: undefined, release: undefined, yes: false, history: undefined, ...wish },
});

const GOOD: readonly { line: string; command: Command }[] = [
  { line: '', command: audit() },
  { line: 'audit', command: audit() },
  { line: '--environment prod', command: audit({ environment: 'prod' }) },
  { line: '--environment=prod', command: audit({ environment: 'prod' }) },
  { line: '--domain localhost:8443', command: audit({ domain: 'localhost:8443' }) },
  { line: '--policy p.json --format json', command: audit({ policyFile: 'p.json' }, { format: 'json' }) },
  { line: '--output -report.json', command: audit({}, { output: '-report.json' }) },
  { line: '--output=--odd--', command: audit({}, { output: '--odd--' }) },
  { line: '--mode remediate --yes', command: audit({}, { mode: 'remediate', yes: true }) },
  { line: '--max-changes 0 --max-percent 100', command: audit({}, { maxChanges: 0, maxPercent: 100 }) },
  { line: '--rate-reserve 90', command: audit({ reservePercent: 90 }) },
  { line: '--secret arn --history s3://b/p', command: audit({ secretArn: 'arn' }, { history: 's3://b/p' }) },
  { line: 'undo --run r', command: undo({ run: 'r' }) },
  { line: 'undo --release c --yes --history h', command: undo({ release: 'c', yes: true, history: 'h' }) },
  {
    line: 'explain --connection c',
    command: { name: 'explain', target: TARGET, explain: { connection: 'c', history: undefined } },
  },
  { line: 'lint', command: { name: 'lint', policyFile: undefined, strict: false } },
  { line: 'lint --policy p --strict', command: { name: 'lint', policyFile: 'p', strict: true } },
  { line: 'baseline', command: { name: 'baseline', target: TARGET, output: undefined } },
  { line: 'baseline --output b', command: { name: 'baseline', target: TARGET, output: 'b' } },
  { line: 'check', command: check() },
  { line: 'check --environment prod --domain d', command: check({ environment: 'prod', domain: 'd' }) },
  { line: '--environment prod check', command: check({ environment: 'prod' }) },
  { line: '--help', command: { name: 'help' } },
  { line: '-h', command: { name: 'help' } },
  { line: 'check --help --nonsense', command: { name: 'help' } },
];

const COMMANDS = 'known are audit, check, explain, lint, baseline, undo';
const BAD: readonly { line: string; problems: readonly string[] }[] = [
  { line: '--enviroment prod', problems: [`'prod': no such command; ${COMMANDS}`, '--enviroment: no such option'] },
  { line: '-x', problems: ['-x: no such option'] },
  { line: '--remediate', problems: ['--remediate: no such option'] },
  { line: '--mode Remediate', problems: ["--mode: expected report or remediate, got 'Remediate'"] },
  { line: '--max-changes many', problems: ["--max-changes: expected a whole number from 0 to 100000, got 'many'"] },
  { line: '--max-percent 101', problems: ["--max-percent: expected a whole number from 0 to 100, got '101'"] },
  { line: 'undo', problems: ['undo: give either --run RUN_ID or --release CONNECTION_ID'] },
  { line: 'undo --run r --mode remediate', problems: ['--mode: not used by undo'] },
  { line: '--yes=no', problems: ['--yes: takes no value'] },
  { line: 'lint --strict=true', problems: ['--strict: takes no value'] },
  { line: '--max-percent 10.5', problems: ["--max-percent: expected a whole number from 0 to 100, got '10.5'"] },
  { line: '--max-changes -1', problems: ["--max-changes: expected a whole number from 0 to 100000, got '-1'"] },
  { line: '--rate-reserve 91', problems: ["--rate-reserve: expected a whole number from 0 to 90, got '91'"] },
  { line: '--mode=', problems: ['--mode: expected a value after it'] },
  { line: 'undo --run r --release c', problems: ['undo: give either --run RUN_ID or --release CONNECTION_ID'] },
  { line: 'undo --run r --output f', problems: ['--output: not used by undo'] },
  { line: 'explain', problems: ['explain: give --connection NAME_OR_ID'] },
  { line: 'explain --connection c --yes', problems: ['--yes: not used by explain'] },
  { line: 'lint --environment prod', problems: [`--environment: not used by lint`] },
  { line: 'lint --policy p --fix', problems: ['--fix: no such option'] },
  { line: 'baseline --mode remediate', problems: ['--mode: not used by baseline'] },
  { line: 'check --yes', problems: ['--yes: not used by check'] },
  { line: 'chek', problems: [`'chek': no such command; ${COMMANDS}`] },
  { line: 'check check', problems: [`'check': no such command; ${COMMANDS}`] },
  { line: '--environment', problems: ['--environment: expected a value after it'] },
  { line: '--environment=', problems: ['--environment: expected a value after it'] },
  { line: '--output --format=json', problems: ['--output: expected a value after it, got --format=json'] },
  { line: '--format', problems: ['--format: expected a value after it'] },
  { line: '--format xml', problems: ["--format: expected table, json, ocsf, csv, markdown, junit or html, got 'xml'"] },
  { line: 'check --format json', problems: ['--format: not used by check'] },
  { line: 'check --output r', problems: ['--output: not used by check'] },
  {
    line: '--format xml --domain= --what chek',
    problems: [
      `'chek': no such command; ${COMMANDS}`,
      '--what: no such option',
      '--domain: expected a value after it',
      "--format: expected table, json, ocsf, csv, markdown, junit or html, got 'xml'",
    ],
  },
];

const words = (line: string) => line.split(' ').filter((word) => word !== '');

it.each(GOOD)('"$line" is understood', ({ line, command }) => {
  expect(parseArguments(words(line))).toEqual(command);
});

it.each(BAD)('"$line" is refused, with all that is wrong', ({ line, problems }) => {
  let message = '';
  try {
    parseArguments(words(line));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    message = error.message;
  }
  expect(message.split('\n')).toEqual([...problems, 'npm run audit -- --help shows what there is.']);
});
