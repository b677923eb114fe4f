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

/** The texts from which operators paste commands: the golden messages and the documents. */
const TEXTS = [...filesIn('test/report/golden', '.txt'), ...filesIn('docs', '.md'), 'README.md', 'AGENTS.md'];

interface Found {
  readonly file: string;
  readonly command: string;
}

/** The commands with this start. Each ends at the end of its line or code span and includes continuation lines. */
function commandsIn(file: string, start: RegExp): Found[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/ \\\r?\n\s*/g, ' ');
  return [...text.matchAll(new RegExp(`(?<![\\w-])${start.source}[^\`\\n<|;&]*`, 'g'))].map(([command]) => ({
    file,
    command: command.trim(),
  }));
}

/** Splits a command like a shell, for commands whose only special characters are single quotes. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}

const npm = TEXTS.flatMap((file) => commandsIn(file, /npm run audit -- /));
const npx = TEXTS.flatMap((file) => commandsIn(file, /npx auth0-connection-auditor /));
const aws = TEXTS.flatMap((file) =>
  commandsIn(file, /aws (?:s3|ssm|sns|sqs|lambda|logs|secretsmanager|cloudformation|sts) /),
);

it('the texts contain enough commands for the tests in this file', () => {
  expect(npm.length).toBeGreaterThan(50);
  expect(aws.length).toBeGreaterThan(10);
});

it.each(npm)('the command line accepts $command ($file)', ({ command }) => {
  const [, , , , ...words] = wordsOf(command);
  // `COMMAND --help` is a placeholder, not a command.
  if (words[0] === 'COMMAND') return;
  expect(() => parseArguments(words)).not.toThrow();
});

it.each(npx)('the package accepts $command ($file)', ({ command }) => {
  const [, , ...words] = wordsOf(command);
  if (words[0] === 'COMMAND') return;
  expect(() => parseArguments(words)).not.toThrow();
});

describe.each([
  ...FIVE_RUNS,
  ['not set up', reportOf({ ...NOTHING_READ, incomplete: { reason: 'setup_needed', message: '', missingScopes: [] } })],
] as const)('the alert of %s', (_name, report) => {
  it.each(LAUNCHER_NAMES)('an alert prints each command for the launcher %s', (launcher) => {
    const told = JSON.stringify(sentAlert(report, {}, launcher));
    const others = LAUNCHER_NAMES.filter((name) => name !== launcher).map((name) => LAUNCHERS[name]);
    expect(told).toContain(LAUNCHERS[launcher]);
    expect(others.filter((start) => told.includes(start))).toEqual([]);
  });
});

it.each(aws)('the AWS CLI accepts $command ($file)', async ({ command }) => {
  const [, ...words] = wordsOf(command);
  await expect(parse(words)).resolves.toBeDefined();
});

it.each(filesIn('test/report/golden', '.txt'))('%s contains no AWS command without its region', (file) => {
  for (const { command } of commandsIn(file, /aws (?:ssm|sns|lambda|logs|secretsmanager) /)) {
    expect(command).toContain('--region ');
  }
});
