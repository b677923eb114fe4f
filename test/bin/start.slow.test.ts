import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { closeStores, makeFolder } from '../history/stores';

const ROOT = path.join(__dirname, '../..');
afterAll(closeStores);

/** An empty shell in the folder of the repository, with temporary files and history in a folder of the test. */
function emptyShell(): { env: NodeJS.ProcessEnv; folder: string } {
  const folder = makeFolder();
  return { folder, env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder } };
}

function paste(text: string, env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', text], { cwd: ROOT, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

describe('npm start', () => {
  const { env, folder } = emptyShell();
  let started: ReturnType<typeof paste>;
  let lines: string[];
  beforeAll(() => {
    started = paste('npm start --silent', env);
    lines = started.stdout.split('\n');
  });

  it('npm start prints lines of at most 80 columns, except for the address of the report', () => {
    expect(started).toMatchObject({ code: 0, stderr: '' });
    expect(lines.filter((line) => line.length > 80 && !line.includes(folder))).toEqual([]);
  });

  it('npm start shows the mail of the last night, and the only commands are at the end', () => {
    const at = lines.flatMap((line, index) => (/npm |npx |aws /.test(line) ? [index] : []));
    expect(started.stdout).toMatch(/^Subject: \[demo\] 1 fixed, 3 of 50 still drifted/m);
    expect(at.map((index) => index - lines.length)).toEqual([-3, -2]);
  });

  it('npm start writes the report to the printed address, for this user only', () => {
    const address = /file:\/\/\S+$/m.exec(started.stdout)?.[0] ?? '';
    const file = fileURLToPath(address);
    expect(started.stdout).toContain(`\n  ${file}\n`);
    expect(readFileSync(file, 'utf8')).toMatch(/<title>demo: 1 fixed, 3 of 50/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    rmSync(path.dirname(file), { recursive: true });
  });
});

describe('the test tenant of npm start', () => {
  const { env, folder } = emptyShell();
  let tenant: ChildProcess;
  let commands: string[];

  beforeAll(async () => {
    // The command that npm start prints, started directly so that the test can stop the tenant.
    const words = ['bin/launch.mjs', 'sandbox', '--seed', 'showcase', '--writable'];
    tenant = spawn(process.execPath, words, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    for await (const chunk of tenant.stdout ?? []) {
      printed += String(chunk);
      if (printed.includes('Ctrl+C')) break;
    }
    expect(printed.split('\n').filter((line) => line.length > 80 && !line.includes(folder))).toEqual([]);
    commands = [...printed.matchAll(/^ {2}(export .*|npm (?:.*\\\n)*.*)$/gm)].map(([command]) => command);
  });

  afterAll(async () => {
    tenant.kill('SIGINT');
    await once(tenant, 'exit');
  });

  const pasted = (command = '', more = '') => paste([...commands.slice(0, 2), `${command}${more}`].join('\n'), env);

  it('the test tenant of npm start prints an audit command that runs as pasted', () => {
    expect(commands).toHaveLength(4);
    const { code, stdout } = pasted(commands[2]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('halden-okta') });
  });

  it('the test tenant of npm start prints a repair command that fixes what the policy allows', () => {
    const { code, stdout } = pasted(commands[3], ' --yes');
    expect(stripVTControlCharacters(stdout)).toMatch(/9 fixed, 3 of 50 still drifted/);
    expect(code).toBe(1);
  });
});
