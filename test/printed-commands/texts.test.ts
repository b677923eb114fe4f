import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArguments } from '../../cli/arguments';
import { parse } from '../aws-cli/parse';

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
const aws = TEXTS.flatMap((file) =>
  commandsIn(file, /aws (?:s3|ssm|sns|lambda|logs|secretsmanager|cloudformation|sts) /),
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

it.each(aws)('$file: the AWS CLI takes $command', async ({ command }) => {
  const [, ...words] = wordsOf(command);
  await expect(parse(words)).resolves.toBeDefined();
});

it.each(filesIn('test/report/golden', '.txt'))('%s prints no command of AWS without its region', (file) => {
  for (const { command } of commandsIn(file, /aws (?:ssm|sns|lambda|logs|secretsmanager) /)) {
    expect(command).toContain('--region ');
  }
});
