import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { type InstalledAws, installAws } from './install-aws';
import { type Ran, runCommand } from './run-command';

let cli: InstalledAws;
let aws: AwsSandbox;
let cwd: string;

beforeAll(() => {
  cli = installAws();
});

afterAll(() => cli.remove());

beforeEach(async () => {
  cwd = mkdtempSync(path.join(tmpdir(), 'aws-cli-work-'));
  mkdirSync(path.join(cwd, 'folder'));
  writeFileSync(path.join(cwd, 'file.txt'), 'a file');
  aws = await startAws({ buckets: ['old', 'new'] });
  aws.putObject('old', 'host%3A1/ä +.json', 'one');
  aws.putObject('old', 'runs/1', 'run 1');
  aws.putObject('old', 'runs/2', 'run 2');
  aws.putObject('old', 'top', 'top');
});

afterEach(async () => {
  rmSync(cwd, { recursive: true });
  await aws.stop();
});

function run(command: string): Promise<Ran> {
  const keys = { AWS_ACCESS_KEY_ID: 'made-up', AWS_SECRET_ACCESS_KEY: 'made-up' };
  const env = { PATH: `${cli.path}:/usr/bin:/bin`, AWS_ENDPOINT_URL: aws.endpoint, ...keys };
  return runCommand(command, { env, cwd });
}

const keysOf = (bucket: string) => [...aws.objects(bucket).keys()].sort();
const ALL = ['host%3A1/ä +.json', 'runs/1', 'runs/2', 'top'];

test.each([
  ['aws s3 ls s3://old', ['PRE host%3A1/', 'PRE runs/', '2026-01-01 00:00:00          3 top']],
  ['aws s3 ls s3://old/runs/', ['2026-01-01 00:00:00          5 1', '2026-01-01 00:00:00          5 2']],
  ['aws s3 ls s3://old/runs', ['PRE runs/']],
  [
    'aws s3 ls s3://old/runs --recursive',
    ['2026-01-01 00:00:00          5 runs/1', '2026-01-01 00:00:00          5 runs/2'],
  ],
])('%s prints its objects', async (command, lines) => {
  const { code, stdout } = await run(command);
  expect([code, stdout.split('\n').map((line) => line.trim())]).toEqual([0, [...lines, '']]);
});

test.each<[command: string, lines: string[], file: string, text: string]>([
  ['aws s3 cp s3://old/top copy.txt', ['download: s3://old/top to ./copy.txt'], 'copy.txt', 'top'],
  ['aws s3 cp s3://old/top .', ['download: s3://old/top to ./top'], 'top', 'top'],
  ['aws s3 cp s3://old/runs/1 folder', ['download: s3://old/runs/1 to ./folder/1'], 'folder/1', 'run 1'],
  ['aws s3 cp --quiet s3://old/top deep/er', [''], 'deep/er', 'top'],
  ['aws s3 cp s3://old/top - > out', [''], 'out', 'top'],
  [
    'aws s3 sync s3://old/runs folder',
    ['download: s3://old/runs/1 to ./folder/1', 'download: s3://old/runs/2 to ./folder/2'],
    'folder/2',
    'run 2',
  ],
])('%s writes the file', async (command, lines, file, text) => {
  const { code, stdout } = await run(command);
  expect([code, stdout.trimEnd().split('\n')]).toEqual([0, lines]);
  expect(readFileSync(path.join(cwd, file), 'utf8')).toBe(text);
});

test.each<[command: string, old: string[], after: string[]]>([
  ['aws s3 cp s3://old/top s3://new/copy', ALL, ['copy']],
  ['aws s3 cp s3://old/top s3://new', ALL, ['top']],
  ['aws s3 cp file.txt s3://new/a/', ALL, ['a/file.txt']],
  ['aws s3 cp s3://old/runs s3://new/kept --recursive', ALL, ['kept/1', 'kept/2']],
  ['aws s3 sync s3://old s3://new', ALL, ALL],
  ['aws s3 sync s3://old s3://new --dryrun', ALL, []],
  ['aws s3 sync folder s3://new', ALL, []],
  ['aws s3 mv s3://old/top s3://new/moved', ALL.slice(0, 3), ['moved']],
  ['aws s3 mv s3://old s3://new --recursive', [], ALL],
])('%s leaves the expected objects in both buckets', async (command, old, after) => {
  expect(await run(command)).toMatchObject({ code: 0, stderr: '' });
  expect([keysOf('old'), keysOf('new')]).toEqual([old, after]);
});

test('a synchronization copies missing objects and objects of another size, and deletes only with --delete', async () => {
  aws.putObject('new', 'top', 'pot');
  aws.putObject('new', 'runs/1', 'other');
  aws.putObject('new', 'runs/2', 'another');
  aws.putObject('new', 'extra', 'x');
  const { stdout } = await run('aws s3 sync s3://old s3://new');
  expect(stdout.match(/ to s3:\/\/new\/.*/g)).toEqual([' to s3://new/host%3A1/ä +.json', ' to s3://new/runs/2']);
  expect(keysOf('new')).toEqual([...ALL, 'extra'].sort());
  expect((await run('aws s3 sync s3://old s3://new --delete')).stdout).toBe('delete: s3://new/extra\n');
  expect(keysOf('new')).toEqual(ALL);
});

test.each([
  ['aws s3 ls s3://old/absent', 1, ''],
  ['aws s3 ls s3://absent', 254, '(NoSuchBucket) when calling the ListObjectsV2 operation'],
  ['aws s3 cp s3://old/absent copy', 1, 'fatal error: An error occurred (404) when calling the HeadObject operation'],
  [
    'aws s3 cp file.txt s3://absent/a',
    1,
    'upload failed: ./file.txt to s3://absent/a An error occurred (NoSuchBucket)',
  ],
  ['aws s3 sync s3://old s3://absent', 1, 'fatal error: An error occurred (NoSuchBucket)'],
  ['aws s3 cp file.txt copy', 252, 'usage: aws s3 cp <LocalPath> <S3Uri>'],
  ['aws s3 cp s3://old/top', 252, 'the following arguments are required: target'],
  ['aws s3 mv s3://old/top s3://new --delete', 252, 'Unknown options: --delete'],
  ['aws s3 sync s3://old s3://new --recursive', 252, 'Unknown options: --recursive'],
])('%s fails with exit code %d', async (command, code, stderr) => {
  expect(await run(command)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(stderr) });
  expect([keysOf('old'), keysOf('new'), existsSync(path.join(cwd, 'copy'))]).toEqual([ALL, [], false]);
});

test.each([
  { command: 'aws s3 rm s3://old/top', left: ['host%3A1/ä +.json', 'runs/1', 'runs/2'] },
  { command: 'aws s3 rm --recursive s3://old/runs/', left: ['host%3A1/ä +.json', 'top'] },
  { command: 'aws s3 rm file.txt', left: ALL },
])('$command removes only the named objects', async ({ command, left }) => {
  await run(command);
  expect(keysOf('old')).toEqual(left);
});

test('a synchronization from another region copies the whole folder', async () => {
  const command = 'aws s3 sync s3://old/runs/ s3://new/runs/ --source-region eu-west-1 --region eu-central-1';
  expect((await run(command)).code).toBe(0);
  expect(keysOf('new')).toEqual(['runs/1', 'runs/2']);
});
