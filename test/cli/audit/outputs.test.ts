import path from 'node:path';
import { isWritten } from '../../../cli/audit/outputs';
import { FORMAT_ENDINGS, FORMATS, formatOfFile } from '../../../cli/formats/format-names';
import { closeStores } from '../../history/stores';
import { homeOf, openCommandLine, recordsIn } from '../open-command-line';

afterEach(closeStores);

const ANY = ['on_each_login', 'on_first_login', 'never_on_login'] as const;
const flat = (text: string): string => text.replaceAll(/\n */g, ' ');

/** The beginning of a text in each format. */
const BEGINNINGS: Readonly<Record<keyof typeof FORMAT_ENDINGS, string>> = {
  table: 'SEVERITY',
  json: '{\n  "schemaVersion"',
  ocsf: '[\n{"',
  csv: 'environment,',
  markdown: '## ',
  junit: '<?xml',
  html: '<!DOCTYPE html>',
};

test('every format has a separate extension, and the longest extension of a file name decides', () => {
  for (const format of FORMATS) expect(formatOfFile(`a.b${FORMAT_ENDINGS[format].toUpperCase()}`)).toBe(format);
  for (const file of ['report', 'report.yaml', 'json', 'report.jsonl']) expect(formatOfFile(file)).toBeUndefined();
});

test('each file gets the format of its extension, and the terminal gets the table', async () => {
  const cli = await openCommandLine();
  const table = (await cli.run('')).stdout;
  const files = FORMATS.map((format) => `r${FORMAT_ENDINGS[format]}`);
  const ended = await cli.run(files.map((file) => `--output ${file}`).join(' '));
  for (const format of FORMATS) {
    expect(ended.files.get(`r${FORMAT_ENDINGS[format]}`)?.slice(0, BEGINNINGS[format].length)).toBe(BEGINNINGS[format]);
  }
  expect(ended.stdout.split('\n').slice(0, 2)).toEqual(table.split('\n').slice(0, 2));
  expect(flat(ended.stderr)).toBe(
    'Written: r.txt (table), r.json (json), r.ocsf.json (ocsf), r.csv (csv), r.md (markdown), r.xml (junit), r.html (html). ',
  );
  expect(ended.code).toBe(1);
});

test('the only file gets the format of --format regardless of its extension, and the terminal gets nothing', async () => {
  const cli = await openCommandLine();
  const ended = await cli.run('--format csv --output r.json');
  expect([ended.stdout, ended.files.get('r.json')?.slice(0, 12)]).toEqual(['', BEGINNINGS.csv]);
});

test('the text of a file that cannot be written is printed, and the other files are written, with exit code 2', async () => {
  const cli = await openCommandLine();
  const line = '--output r.json --output none/r.csv --output none/r.txt';
  const ended = await cli.run(line, { cannotWriteFiles: ['none/r.csv', 'none/r.txt'] });
  expect([...ended.files.keys()]).toEqual(['r.json']);
  expect(ended.stdout).toMatch(/^SEVERITY .*^environment,tenant,/ms);
  expect(ended.stdout.match(/^SEVERITY/gm)).toHaveLength(1);
  expect(flat(ended.stderr)).toContain("open 'none/r.csv'; the report is printed instead");
  expect(flat(ended.stderr)).toContain("open 'none/r.txt'; the report is printed instead");
  expect(ended.code).toBe(2);
});

test.each([
  [{ format: undefined, outputs: [] }, ['table']],
  [{ format: 'junit', outputs: [] }, ['junit']],
  [{ format: 'junit', outputs: ['r.json'] }, ['junit']],
  [{ format: undefined, outputs: ['r.xml', 'r.json'] }, ['table', 'json', 'junit']],
] as const)('the options %j write the formats %j', (asked, written) => {
  expect(FORMATS.filter((format) => isWritten(format, asked))).toEqual(written);
});

describe('--quiet', () => {
  test('--quiet prints nothing if the exit code is 0, and writes the files', async () => {
    const cli = await openCommandLine({
      sandbox: { seed: [] },
      environment: { policy: { default: { expect: 'on_each_login' } } },
    });
    expect((await cli.run('--quiet --output r.json')).code).toBe(2);
    const clean = await openCommandLine({ environment: { policy: { default: { expect: ANY } } } });
    const ended = await clean.run('--quiet --output r.json', { isTerminal: true });
    expect([ended.code, ended.stdout, ended.stderr, ended.told]).toEqual([0, '', '', []]);
    expect([...ended.files.keys()]).toEqual(['r.json']);
  });

  test('--quiet prints only the report if a finding is open', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('--quiet --output r.json', { isTerminal: true });
    expect([ended.code, ended.stderr, ended.told]).toEqual([1, '', []]);
    expect(ended.stdout).toMatch(/^SEVERITY/);
  });

  test('--quiet prints the report and the reason if a file cannot be written', async () => {
    const clean = await openCommandLine({ environment: { policy: { default: { expect: ANY } } } });
    const ended = await clean.run('--quiet --output r.json', { cannotWriteFiles: true });
    expect(ended.stdout).toContain('OK: 20 connections audited');
    expect(ended.stdout).toContain('"schemaVersion"');
    expect(flat(ended.stderr)).toContain('the report is printed instead');
    expect(ended.code).toBe(2);
  });

  test('--quiet prints a run that wrote, and an unreported change, regardless of the exit code', async () => {
    const cli = await openCommandLine();
    const wrote = await cli.run('--quiet --mode remediate --yes --first-run');
    expect([wrote.code, wrote.stdout]).toEqual([0, expect.stringContaining('4 connections written')]);
    const [run] = recordsIn(path.join(homeOf(cli), 'runs'));
    await cli.run(`undo --run ${run?.replace('.json', '')} --yes`);
    // A person sets the values to the policy again.
    for (const { options } of cli.sandbox.tenant.connections.values()) delete options.set_user_root_attributes;
    const after = await cli.run('--quiet');
    expect([after.code, after.stdout]).toEqual([0, expect.stringContaining('undo')]);
    const next = await cli.run('--quiet');
    expect([next.code, next.stdout, next.stderr]).toEqual([0, '', '']);
  });

  test('--quiet prints the notes that a shown report needs', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('--quiet --severity critical --format csv');
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('Shown: 0 of 4 findings')]);
    expect(ended.stderr).not.toContain('Record:');
  });

  test('--quiet prints an error on stderr', async () => {
    const cli = await openCommandLine();
    const ended = await cli.run('--quiet --environment smaple');
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain("unknown environment 'smaple'; did you mean sample?");
  });
});
