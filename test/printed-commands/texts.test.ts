import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArguments } from '../../cli/arguments';
import { LAUNCHER_NAMES } from '../../lambda/contract';
import { LAUNCHERS } from '../../lambda/report/commands/place';
import { parse } from '../aws-cli/parse';
import { FIVE_RUNS } from '../report/five-runs';
import { NOTHING_READ, reportOf } from '../report/report-samples';
import { sentAlert } from '../report/sent-alert';

const ROOT = path.join(__dirname, '../..');
const filesIn = (folder: string, ending: string) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

/** What people read and paste from: the messages as they were last looked at, and the documents. */
const TEXTS = [...filesIn('test/report/golden', '.txt'), ...filesIn('docs', '.md'), 'README.md', 'AGENTS.md'];

interface Found {
  readonly file: string;
  readonly command: string;
}

/** The commands that begin so: each to the end of its line or of its code span, with the lines that continue it. */
function commandsIn(file: string, start: RegExp): Found[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/ \\\r?\n\s*/g, ' ');
  return [...text.matchAll(new RegExp(`(?<![\\w-])${start.source}[^\`\\n<|;&]*`, 'g'))].map(([command]) => ({
    file,
    command: command.trim(),
  }));
}

/** As a shell does where nothing but single quotes acts. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

const npm = TEXTS.flatMap((file) => commandsIn(file, /npm run audit -- /));
const npx = TEXTS.flatMap((file) => commandsIn(file, /npx auth0-connection-auditor /));
const aws = TEXTS.flatMap((file) =>
  commandsIn(file, /aws (?:s3|ssm|sns|sqs|lambda|logs|secretsmanager|cloudformation|sts) /),
);

it('the texts hold commands, or the tests below would prove nothing', () => {
  expect(npm.length).toBeGreaterThan(50);
  expect(aws.length).toBeGreaterThan(10);
});

it.each(npm)('$file: the command line takes $command', ({ command }) => {
  const [, , , , ...words] = wordsOf(command);
  // Of a command without a name nothing is left but `COMMAND --help`.
  if (words[0] === 'COMMAND') return;
  expect(() => parseArguments(words)).not.toThrow();
});

it.each(npx)('$file: the command line of the package takes $command', ({ command }) => {
  const [, , ...words] = wordsOf(command);
  if (words[0] === 'COMMAND') return;
  expect(() => parseArguments(words)).not.toThrow();
});

describe.each([
  ...FIVE_RUNS,
  ['not set up', reportOf({ ...NOTHING_READ, incomplete: { reason: 'setup_needed', message: '', missingScopes: [] } })],
] as const)('the alert of %s', (_name, report) => {
  it.each(LAUNCHER_NAMES)('prints each command as the %s starts it', (launcher) => {
    const told = JSON.stringify(sentAlert(report, {}, launcher));
    const others = LAUNCHER_NAMES.filter((name) => name !== launcher).map((name) => LAUNCHERS[name]);
    expect(told).toContain(LAUNCHERS[launcher]);
    expect(others.filter((start) => told.includes(start))).toEqual([]);
  });
});

it.each(aws)('$file: the AWS CLI takes $command', async ({ command }) => {
  const [, ...words] = wordsOf(command);
  await expect(parse(words)).resolves.toBeDefined();
});

it.each(filesIn('test/report/golden', '.txt'))('%s prints no command of AWS without its region', (file) => {
  for (const { command } of commandsIn(file, /aws (?:ssm|sns|lambda|logs|secretsmanager) /)) {
    expect(command).toContain('--region ');
  }
});
