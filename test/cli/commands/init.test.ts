import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommandLine } from '../../../cli/command-line';
import { writeTypeScript } from '../../../cli/setup/environment-text';
import { draftBaseline } from '../../../lambda/judge/baseline';
import type { Launcher } from '../../../lambda/report/commands/place';
import { readEnvironmentFiles } from '../../../lib/environment/environment-file';
import { STARTER_POLICY, starterEnvironment } from '../../../lib/environment/starter';
import { checkEnvironment } from '../../../lib/environment/with-defaults';
import { AUDIT_SCOPES } from '../../../sandbox/auth0/access';
import { start } from '../../../sandbox/auth0/server';
import { makeSelfSigned } from '../../../sandbox/self-signed';
import { connectionWith } from '../../connection/sample-connection';
import { closeStores, makeFolder, whenDone } from '../../history/stores';
import { shipped } from '../../lib/environment/shipped-environments';
import { recordTerminal } from '../recorded-terminal';

afterEach(closeStores);

interface Typed {
  readonly launcher?: Launcher;
  /** The files that exist before. */
  readonly folder?: string;
  /** The lines that the operator types, in order, then Ctrl-C. Absent: there is no terminal to ask in. */
  readonly answers?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

async function init(
  words: readonly string[],
  { launcher = 'repository', answers, variables = {}, ...more }: Typed = {},
) {
  const folder = more.folder ?? checkout();
  const recorded = recordTerminal(variables, { project: folder });
  const asked: string[] = [];
  const left = [...(answers ?? [])];
  const ask = async (question: string) => {
    asked.push(question);
    return left.shift();
  };
  const code = await runCommandLine(['init', ...words], {
    launcher,
    readEnvironments: async () => readEnvironmentFiles(path.join(folder, 'environments')),
    terminal: { ...recorded, ask: answers === undefined ? undefined : ask },
  });
  return { folder, code, asked, stdout: recorded.printed(), stderr: recorded.noted(), widest: widestOf(recorded) };
}

function widestOf({ printed, noted }: { printed: () => string; noted: () => string }): number {
  return Math.max(...`${printed()}${noted()}`.split('\n').map((line) => line.length));
}

/** The shipped environments. */
function checkout(): string {
  const folder = makeFolder();
  mkdirSync(path.join(folder, 'environments'));
  for (const environment of shipped) {
    writeFileSync(path.join(folder, 'environments', `${environment.name}.ts`), writeTypeScript(environment));
  }
  return folder;
}

const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  );

/** The export of a file in `environments/`. */
function readEnvironment(folder: string, name: string): unknown {
  return readEnvironmentFiles(path.join(folder, 'environments')).find(({ file }) => file === `environments/${name}.ts`)
    ?.environment;
}

const DOMAIN = ['--domain', 'acme.eu.auth0.com'];

describe('init in the repository', () => {
  it('init replaces the shipped environment with the one from the options and shows the next steps', async () => {
    const words = ['--recipients', 'ann@acme.io, bob@acme.io', '--schedule', '3:05', '--time-zone', 'Europe/Berlin'];
    const ended = await init([...words, '--domain', 'https://Acme.EU.auth0.com/', '--region', 'eu-central-1']);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(readEnvironment(ended.folder, 'dev')).toEqual({
      ...starterEnvironment('dev'),
      domain: 'acme.eu.auth0.com',
      region: 'eu-central-1',
      schedule: { cron: '5 3 * * ? *', timeZone: 'Europe/Berlin' },
      recipients: ['ann@acme.io', 'bob@acme.io'],
    });
    expect(ended.stdout).toContain('Written:\n  environments/dev.ts\n');
    expect(ended.stdout).toContain('Lint of environments/dev.ts:\nNo problems.\n');
    expect(ended.stdout.match(/^ {2}np.*/gm)).toEqual([
      '  npm run audit -- check --environment dev',
      '  npm run audit -- --environment dev',
      '  npx cdk bootstrap',
      '  npx cdk deploy ConnectionAuditor-dev',
    ]);
    expect(ended.widest).toBeLessThanOrEqual(80);
  });

  it.each([
    { claim: 'the environment prod keeps the caps and times of the shipped one', name: 'prod' },
    { claim: 'a new name gets a new file', name: 'acme-eu-2' },
    { claim: 'a reserved word of JavaScript can be a name', name: 'default' },
    { claim: 'a member of every object can be a name', name: 'constructor' },
  ])('$claim', async ({ name }) => {
    const { folder, code } = await init([...DOMAIN, '--environment', name]);
    expect(code).toBe(0);
    const expected = { ...starterEnvironment(name), domain: 'acme.eu.auth0.com' };
    expect(readEnvironment(folder, name)).toEqual(expected);
  });

  it('init accepts a cron expression, a custom domain and the region of a variable', async () => {
    const words = [
      '--schedule',
      '0 6 ? * MON-FRI *',
      '--domain',
      'login.acme.io',
      '--canonical-domain',
      'acme.eu.auth0.com',
    ];
    const { folder, code } = await init(words, { variables: { AWS_REGION: 'us-east-1' } });
    expect(code).toBe(0);
    expect(readEnvironment(folder, 'dev')).toMatchObject({
      domain: 'login.acme.io',
      canonicalDomain: 'acme.eu.auth0.com',
      schedule: { cron: '0 6 ? * MON-FRI *' },
      region: 'us-east-1',
    });
  });

  it.each([
    { claim: 'with an edit', edit: (text: string) => text.replace('your-tenant-dev.invalid', 'mine.eu.auth0.com') },
    { claim: 'with an added comment', edit: (text: string) => `${text}// mine\n` },
    { claim: 'that is empty', edit: () => '' },
  ])('an environment file $claim is kept, and init asks for another name', async ({ edit }) => {
    const folder = checkout();
    const file = path.join(folder, 'environments/dev.ts');
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
    const before = filesIn(folder);
    const ended = await init(DOMAIN, { folder });
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr.replaceAll('\n  ', ' ')).toContain(
      'and is kept. Edit this file, or give another name with --environment',
    );
    expect(filesIn(folder)).toEqual(before);
  });

  it('a shipped file with Windows line ends is replaced', async () => {
    const folder = checkout();
    const file = path.join(folder, 'environments/dev.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    expect((await init(DOMAIN, { folder })).code).toBe(0);
  });

  it('init with credentials checks the tenant, and a failed check is exit code 2', async () => {
    const sandbox = await start({ port: 0, tls: makeSelfSigned() });
    whenDone(() => sandbox.stop());
    const domain = `127.0.0.1:${sandbox.port}`;
    const variables = { AUTH0_CLIENT_ID: 'x', AUTH0_CLIENT_SECRET: 'y' };
    const ended = await init(['--domain', domain, '--canonical-domain', domain], { variables });
    expect(ended.stdout).toMatch(/^fail {2}domain {7}127\.0\.0\.1/m);
    expect(ended.stdout).toContain(
      'Fix the failures above, then check again:\n  npm run audit -- check --environment dev\n',
    );
    expect(ended.code).toBe(2);
  });
});

describe('invalid options of init', () => {
  const WRONG = {
    '--environment': 'A b',
    '--domain': 'acme_eu',
    '--canonical-domain': 'x y',
    '--recipients': 'ann@example.com,bob',
    '--schedule': '24:00',
    '--time-zone': 'PST',
    '--region': 'mars',
    '--policy': '/none.json',
  };

  it('invalid options of init are named in one error before a question or a write', async () => {
    const ended = await init(Object.entries(WRONG).flat(), { answers: [] });
    for (const option of Object.keys(WRONG)) expect(ended.stderr).toMatch(new RegExp(`^- ${option}[ :]`, 'm'));
    expect([ended.code, ended.stdout, ended.asked]).toEqual([2, '', []]);
    expect(filesIn(ended.folder)).toEqual(filesIn(checkout()));
    expect(ended.widest).toBeLessThanOrEqual(80);
  });

  it.each([
    { claim: 'a missing domain', words: [], says: '--domain: missing' },
    {
      claim: 'the example domain of the documentation',
      words: ['--domain', 'your-tenant.eu.auth0.com'],
      says: 'no tenant has this domain',
    },
    { claim: 'a domain with plain http', words: ['--domain', 'http://127.0.0.1:8080'], says: '--domain: bad value' },
    {
      claim: 'a custom domain without a canonical domain',
      words: ['--domain', 'login.acme.io'],
      says: '--canonical-domain: is not set',
    },
    {
      claim: 'a swap of the two domains',
      words: [...DOMAIN, '--canonical-domain', 'login.acme.io'],
      says: 'the two values are swapped',
    },
    { claim: 'an invalid time of day', words: [...DOMAIN, '--schedule', '25:00'], says: 'is not a time of day' },
    {
      claim: 'a schedule of every second month',
      words: [...DOMAIN, '--schedule', '0 6 1 1/2 ? *'],
      says: 'without a run',
    },
    {
      claim: 'an invalid AWS region',
      words: DOMAIN,
      variables: { AWS_REGION: 'x' },
      says: '--region: bad value',
    },
  ])('$claim is refused by init', async ({ words, says, variables }) => {
    const ended = await init(words, { ...(variables && { variables }) });
    expect(ended.stderr.replaceAll('\n  ', ' ')).toContain(says);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(filesIn(ended.folder)).toEqual(filesIn(checkout()));
  });
});

describe('the questions of init', () => {
  it('questions of init are asked one by one, and again after an invalid answer', async () => {
    const wrongFirst = {
      name: ['A', 'prod'],
      domain: ['your-tenant.auth0.com', 'login.acme.io'],
      own: ['', ' acme.eu.auth0.com '],
      recipients: ['x', ''],
      schedule: ['7', '07:00'],
    };
    const ended = await init([], { answers: [...Object.values(wrongFirst).flat(), '', 'eu-west-1'] });
    expect(ended.code).toBe(0);
    expect(ended.asked.map((question) => question.replace(/[,:[].*/, '').trim())).toEqual([
      'Name of the environment',
      'Name of the environment',
      'Domain of the tenant',
      'Domain of the tenant',
      'Canonical domain of the tenant',
      'Canonical domain of the tenant',
      'E-mail addresses for alerts',
      'E-mail addresses for alerts',
      'Start of the nightly run',
      'Start of the nightly run',
      'Time zone of the start time',
      'AWS region',
    ]);
    expect(readEnvironment(ended.folder, 'prod')).toEqual({
      ...starterEnvironment('prod'),
      domain: 'login.acme.io',
      canonicalDomain: 'acme.eu.auth0.com',
      region: 'eu-west-1',
      schedule: { cron: '0 7 * * ? *', timeZone: 'Etc/UTC' },
    });
    expect(Math.max(...ended.asked.map((question) => question.length))).toBeLessThanOrEqual(80);
    expect(ended.widest).toBeLessThanOrEqual(80);
  });

  it('questions of init are omitted for given options, and all of them with --yes', async () => {
    const some = await init([...DOMAIN, '--environment', 'x', '--schedule', '6:00'], { answers: ['', '', ''] });
    expect([some.code, some.asked.length]).toEqual([0, 3]);
    const none = await init([...DOMAIN, '--yes'], { answers: [] });
    expect([none.code, none.asked]).toEqual([0, []]);
  });

  it('Ctrl-C at any question of init writes nothing', async () => {
    const answers = ['', 'login.acme.io', 'acme.eu.auth0.com', '', '', ''];
    for (let typed = 0; typed <= answers.length; typed += 1) {
      const ended = await init([], { answers: answers.slice(0, typed) });
      expect([ended.code, ended.stdout]).toEqual([1, '']);
      expect(ended.stderr).toContain('nothing was written');
      expect(filesIn(ended.folder)).toEqual(filesIn(checkout()));
    }
  });
});

describe('init with a policy file', () => {
  function writePolicy(policy: unknown): string {
    const file = path.join(makeFolder(), 'policy.json');
    writeFileSync(file, JSON.stringify(policy));
    return file;
  }
  const connections = Array.from({ length: 900 }, (_, at) =>
    connectionWith(
      { id: `con_${at}`, name: `it's "${at}"\u202E` },
      {
        rootAttributes: { kind: 'documented', value: at % 2 === 0 ? 'on_each_login' : 'on_first_login' },
      },
    ),
  );
  const drafted = draftBaseline(connections, { now: Date.parse('2026-11-27'), timeZone: 'Etc/UTC' });

  it('init writes a drafted policy with hundreds of exemptions unchanged to the environment', async () => {
    expect(drafted.exemptions?.length).toBeGreaterThan(400);
    const ended = await init([...DOMAIN, '--policy', writePolicy(drafted)]);
    expect(ended.code).toBe(0);
    expect(checkEnvironment(readEnvironment(ended.folder, 'dev')).policy).toEqual(drafted);
    // Only the first warnings about texts to write are shown.
    expect(ended.stdout.match(/^warning/gm)).toHaveLength(3);
    expect(ended.stdout).toContain('To list all problems:\n  npm run audit -- lint\n');
  });

  it('init omits only the schema address of a policy file', async () => {
    const policy = { ...STARTER_POLICY, graceDays: 3 };
    const { folder } = await init([...DOMAIN, '--policy', writePolicy({ $schema: './policy.schema.json', ...policy })]);
    expect(readEnvironment(folder, 'dev')).toMatchObject({ policy });
    expect(readFileSync(path.join(folder, 'environments/dev.ts'), 'utf8')).not.toContain('$schema');
  });

  it('init refuses a policy file with errors', async () => {
    const ended = await init([...DOMAIN, '--policy', writePolicy({ default: { expect: 'always' } })]);
    expect(ended.stderr).toContain('policy.json: default.expect: bad value');
    expect(ended.code).toBe(2);
  });
});

describe('init of the installed package', () => {
  const APP = ['.gitignore', 'README.md', 'app.js', 'cdk.json', 'environments/dev.js', 'package.json'];
  const inPackage = (words: readonly string[], folder = makeFolder()) => init(words, { launcher: 'package', folder });

  it('init writes a CDK app to an empty folder and lists npm install first', async () => {
    const ended = await inPackage([...DOMAIN, '--recipients', 'ann@acme.io']);
    expect(ended.code).toBe(0);
    expect(Object.keys(filesIn(ended.folder)).toSorted()).toEqual(APP);
    expect(ended.stdout).toContain('Lint of environments/dev.js:\nNo problems.\n');
    const commands = [
      'npm install',
      'npx auth0-connection-auditor check --environment dev',
      'npx auth0-connection-auditor --environment dev',
      'npx cdk bootstrap',
      'npx cdk deploy ConnectionAuditor-dev',
    ];
    expect(ended.stdout.match(/^ {2}np.*/gm)).toEqual(commands.map((command) => `  ${command}`));
    expect(filesIn(ended.folder)['README.md']?.match(/^ +np.*/gm)).toEqual(commands.map((command) => `   ${command}`));
    for (const scope of [...AUDIT_SCOPES, 'read:logs'])
      expect(filesIn(ended.folder)['README.md']).toContain(`\`${scope}\``);
    expect(ended.widest).toBeLessThanOrEqual(80);
  });

  it('init keeps an existing README.md and .gitignore', async () => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'README.md'), 'mine');
    writeFileSync(path.join(folder, '.gitignore'), 'mine');
    expect((await inPackage(DOMAIN, folder)).code).toBe(0);
    expect(filesIn(folder)).toMatchObject({ 'README.md': 'mine', '.gitignore': 'mine' });
  });

  it('init names each existing file that it would overwrite and writes nothing', async () => {
    const folder = makeFolder();
    const manifest = '{"type":"commonjs"}';
    writeFileSync(path.join(folder, 'package.json'), manifest);
    mkdirSync(path.join(folder, 'app.js'));
    const ended = await inPackage(DOMAIN, folder);
    expect(ended.stderr.match(/^- \S+/gm)).toEqual(['- package.json', '- app.js']);
    expect([ended.code, filesIn(folder)]).toEqual([2, { 'package.json': manifest }]);
  });

  it('init only adds to the package.json of a project that has installed the package', async () => {
    const folder = makeFolder();
    const own = { name: 'mine', dependencies: { 'auth0-connection-auditor': 'file:auditor.tgz', other: '1.0.0' } };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(own));
    expect((await inPackage(DOMAIN, folder)).code).toBe(0);
    const written = JSON.parse(filesIn(folder)['package.json'] ?? '');
    expect(written).toMatchObject({ ...own, type: 'module', devDependencies: { 'aws-cdk': expect.any(String) } });
    expect(Object.keys(written.dependencies).toSorted()).toEqual([
      'auth0-connection-auditor',
      'aws-cdk-lib',
      'constructs',
      'other',
    ]);
  });

  it.each(['', '[]', '{"dependencies":1}'])('init refuses an invalid package.json: %j', async (text) => {
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'package.json'), text);
    const ended = await inPackage(DOMAIN, folder);
    expect([ended.code, ended.stderr]).toEqual([
      2,
      expect.stringContaining('package.json exists but does not contain a valid JSON object'),
    ]);
    expect(filesIn(folder)).toEqual({ 'package.json': text });
  });

  it('init adds only an environment to a project with environments, and keeps one of the same name', async () => {
    const { folder } = await inPackage(DOMAIN);
    const before = filesIn(folder);
    const second = await inPackage([...DOMAIN, '--environment', 'prod'], folder);
    expect(second.stdout).toContain('Written:\n  environments/prod.js\n\n');
    const { 'environments/prod.js': added, ...rest } = filesIn(folder);
    expect([second.code, rest]).toEqual([0, before]);
    const again = await inPackage([...DOMAIN, '--environment', 'prod', '--schedule', '6:00'], folder);
    expect([again.code, filesIn(folder)['environments/prod.js']]).toEqual([2, added]);
  });

  it.each(['js', 'mjs', 'cjs', 'ts', 'mts'])(
    'init keeps an environment of the same name in a file that ends in .%s',
    async (ending) => {
      const folder = makeFolder();
      const there = { [`environments/a-c.${ending}`]: 'mine' };
      mkdirSync(path.join(folder, 'environments'));
      writeFileSync(path.join(folder, `environments/a-c.${ending}`), 'mine');
      const ended = await inPackage([...DOMAIN, '--environment', 'a-c'], folder);
      expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(`a-c.${ending} already exists`)]);
      expect(filesIn(folder)).toEqual(there);
    },
  );

  it.each([
    { manifest: '{"type":"commonjs"}', ending: 'mjs' },
    { manifest: '{}', ending: 'mjs' },
    { manifest: undefined, ending: 'mjs' },
    { manifest: '{"type":"module"}', ending: 'js' },
  ])(
    'init with the package.json $manifest writes an ES module that Node.js loads: .$ending',
    async ({ manifest, ending }) => {
      const folder = makeFolder();
      mkdirSync(path.join(folder, 'environments'));
      if (manifest !== undefined) writeFileSync(path.join(folder, 'package.json'), manifest);
      const ended = await inPackage(DOMAIN, folder);
      expect([ended.code, ended.stdout]).toEqual([
        0,
        expect.stringContaining(`Written:\n  environments/dev.${ending}\n\nLint of environments/dev.${ending}:\n`),
      ]);
      expect(ended.stdout.replaceAll(/\s+/g, ' ')).toMatch(
        /There is no cdk\.json here\. .*\/lib\/README\.md shows the CDK app/,
      );
      expect(ended.stdout).not.toContain('npx cdk');
      expect(ended.widest).toBeLessThanOrEqual(80);
    },
  );

  it('init writes an app that creates a stack for each environment that the command line reads', async () => {
    const { folder } = await inPackage([...DOMAIN, '--region', 'eu-west-1']);
    await inPackage(['--domain', 'other.eu.auth0.com', '--environment', 'in-between'], folder);
    const written = {
      'm.mjs': 'export default { name: "m", schedule: {} };',
      'n.cjs': 'module.exports = { name: "n", schedule: {} };',
      'o.cjs': 'module.exports = { ["o"]: { name: "o", schedule: {} } };',
      'o.test.js': 'throw new Error();',
      'shared.json': '{}',
    };
    for (const [file, text] of Object.entries(written)) writeFileSync(path.join(folder, 'environments', file), text);
    // Replacements of the packages that print what the app passes to them.
    const stubs = {
      'auth0-connection-auditor':
        'export const defineEnvironment = (given) => given;\nexport class AuditorStack { constructor(app, { name, region }) { console.log(app.constructor.name, name, region); } }',
      'aws-cdk-lib': 'export class App {}',
    };
    for (const [name, text] of Object.entries(stubs)) {
      const place = path.join(folder, 'node_modules', name);
      mkdirSync(place, { recursive: true });
      writeFileSync(
        path.join(place, 'package.json'),
        '{"type":"module","exports":{".":"./index.js","./environment":"./index.js"}}',
      );
      writeFileSync(path.join(place, 'index.js'), text);
    }
    const { app } = JSON.parse(filesIn(folder)['cdk.json'] ?? '');
    const [program, ...words] = app.split(' ');
    expect(program).toBe('node');
    const run = () => spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
    const stacks = ['App dev eu-west-1', ...['in-between', 'm', 'n', 'o'].map((name) => `App ${name} undefined`)];
    expect(run()).toMatchObject({ status: 0, stdout: `${stacks.join('\n')}\n` });
    writeFileSync(path.join(folder, 'environments/a.js'), 'export const policy = {};');
    expect(run()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('environments/a.js exports no environment.'),
    });
  });
});
