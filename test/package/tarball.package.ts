import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { STACK_OUTPUTS } from '../../lambda/contract';
import { name, version } from '../../package.json';
import { start } from '../../sandbox/auth0/server';
import { drifted } from '../repair/sandbox/tenants';
import { addPackages, install, type Project, pack, ROOT, removeFolders, type Tarball } from './project';

/** The files in the package. It contains no source, no test and no sandbox. */
const ALLOWED = [
  /^(CHANGELOG|CONTRIBUTING|README|SECURITY)\.md$/,
  /^LICENSE$/,
  /^package\.json$/,
  /^policy\.schema\.json$/,
  /^dist\/(package|environment)\.cjs$/,
  /^dist\/sbom\/(function|command-line|library)\.cdx\.json$/,
  /^dist\/THIRD-PARTY-LICENSES\.txt$/,
  /^dist\/(cli|handler)\/[\w-]+\.mjs$/,
  /^dist\/types\/(lambda|lib)\/([\w-]+\/)*[\w-]+\.d\.ts$/,
  /^docs\/(decisions\/)?[\w-]+\.md$/,
  /^docs\/picture\/report-(dark|light)\.png$/,
  /^bench\/(peers\/)?README\.md$/,
  /^mutation\/README\.md$/,
  /^bench\/peers\/peers\.svg$/,
  /^docs\/findings-message\.schema\.json$/,
  /^lib\/README\.md$/,
];

let tarball: Tarball;
beforeAll(() => {
  tarball = pack();
});
afterAll(removeFolders);

describe('the tarball', () => {
  test('the tarball contains exactly the allowed files', () => {
    expect(tarball.paths.filter((file) => !ALLOWED.some((allowed) => allowed.test(file)))).toEqual([]);
    expect(ALLOWED.filter((allowed) => !tarball.paths.some((file) => allowed.test(file)))).toEqual([]);
  });

  test('the tarball contains each file that its documents link to', () => {
    const documents = tarball.paths.filter((file) => file.endsWith('.md'));
    const links = documents.flatMap((document) =>
      linksIn(readFileSync(path.join(ROOT, document), 'utf8')).map((link) => ({
        document,
        file: path.posix.join(path.posix.dirname(document), link),
      })),
    );
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(({ file }) => !tarball.paths.includes(file))).toEqual([]);
  });

  test('the tarball is smaller than 5 MB unpacked', () => {
    expect(tarball.unpackedSize).toBeLessThan(5_000_000);
  });
});

describe('an empty project with the package', () => {
  let project: Project;
  let credentials: Readonly<Record<string, string>>;
  let domain = '';
  let drift = '';
  let stop: () => Promise<void>;
  beforeAll(async () => {
    project = await install([tarball.file]);
    const sandbox = await start({ port: 0, rateLimit: 'off', seed: drifted('okta', 1) });
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
    credentials = { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET };
    domain = sandbox.domain;
    drift = String([...sandbox.tenant.connections.values()][0]?.name);
    stop = () => sandbox.stop();
  });
  afterAll(() => stop());

  test('an empty project with the package has no other package installed', () => {
    const installed = readdirSync(path.join(project.folder, 'node_modules')).filter((file) => !file.startsWith('.'));
    expect(installed).toEqual([name]);
  });

  test('the installed package names the licence of each bundled package', () => {
    const licences = project.read(`node_modules/${name}/dist/THIRD-PARTY-LICENSES.txt`);
    for (const bundled of ['@aws-sdk/client-sns', '@smithy/core', 'axios', 'jose', 'zod']) {
      expect(licences).toMatch(new RegExp(`^${bundled} \\d+\\.\\d+\\.\\d+ \\((MIT|Apache-2\\.0)\\)$`, 'm'));
    }
    expect(licences).not.toMatch(/^(aws-cdk-lib|constructs) /m);
  });

  test('the installed package contains an SBOM of each bundle', () => {
    const purls = ['function', 'command-line', 'library'].map((bundle) => {
      const sbom: { components: readonly { purl: string }[] } = JSON.parse(
        project.read(`node_modules/${name}/dist/sbom/${bundle}.cdx.json`),
      );
      return sbom.components.map(({ purl }) => purl.replace(/@.*/, ''));
    });
    expect(purls.map((all) => all.includes('pkg:npm/axios'))).toEqual([true, true, false]);
    expect(purls.map((all) => all.includes('pkg:npm/zod'))).toEqual([true, true, true]);
    expect(purls.flat()).not.toContain('pkg:npm/aws-cdk-lib');
  });

  test('the installed package runs the command line by both names', async () => {
    expect(await project.run('npx', [name, '--version'])).toEqual({
      code: 0,
      stdout: `${name} ${version}\n`,
      stderr: '',
    });
    const { code, stdout } = await project.run('npx', ['a0audit', '--help']);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`npx ${name} [COMMAND] [options]`)]);
  });

  test.each(['--domain', 'AUTH0_DOMAIN'])(
    'the installed package audits the tenant of %s with the built-in policy',
    async (by) => {
      const words = by === '--domain' ? [by, domain] : [];
      const variables = by === '--domain' ? credentials : { ...credentials, AUTH0_DOMAIN: domain };
      const { code, stdout, stderr } = await project.run('npx', [name, ...words], variables);
      expect([code, stdout]).toEqual([1, expect.stringContaining(drift)]);
      expect(stderr).toContain('The built-in policy is used');
    },
  );

  test.each([
    { file: 'dev.js', text: 'module.exports = { dev: ENVIRONMENT };' },
    { file: 'dev.cjs', text: 'module.exports = ENVIRONMENT;' },
    { file: 'dev.mjs', text: 'export const dev = ENVIRONMENT;' },
    {
      file: 'dev.js',
      text: "exports.dev = require('auth0-connection-auditor/environment').defineEnvironment(ENVIRONMENT);",
    },
    {
      file: 'dev.mjs',
      text: "import { defineEnvironment } from 'auth0-connection-auditor/environment'; export const dev = defineEnvironment(ENVIRONMENT);",
    },
    { file: 'dev.mts', text: "const mode: 'report' = 'report'; export const dev = { ...ENVIRONMENT, mode };" },
  ])('the installed package reads environments/$file: $text', async ({ file, text }) => {
    const empty = await install([tarball.file]);
    empty.write({ [`environments/${file}`]: text.replace('ENVIRONMENT', JSON.stringify(ENVIRONMENT)) });
    const { code, stdout } = await empty.run('npx', [name, 'lint']);
    const readsIt = !file.endsWith('ts') || Boolean(process.features.typescript);
    expect([code, stdout]).toEqual(
      readsIt
        ? [0, expect.stringContaining('0 errors, 1 warning')]
        : [2, expect.stringContaining('Node.js 22.18 or newer, or the same environment as a .js file')],
    );
  });

  test('defineEnvironment names every wrong field of an environment, also without the CDK', async () => {
    const wrong = JSON.stringify({ ...ENVIRONMENT, mode: 'audit', domain: 'https://x/y' });
    const script = `require('${name}/environment').defineEnvironment(${wrong})`;
    const { code, stderr } = await project.run('node', ['-e', script]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/The environment "dev" is not valid:\n- domain: .*\n- mode: /);
    project.write({ 'environments/dev.cjs': `module.exports = ${script};` });
    const { stdout } = await project.run('npx', [name, 'lint']);
    expect(stdout).toMatch(/^error environments\/dev\.cjs: mode$/m);
  });
});

const ENVIRONMENT = {
  name: 'dev',
  domain: 'acme-dev.eu.auth0.com',
  schedule: { cron: '30 4 * * ? *', timeZone: 'Etc/UTC' },
  mode: 'report',
  policy: { default: { expect: 'on_each_login', reason: 'The identity provider is the source of truth.' } },
  recipients: [],
  logRetentionDays: 30,
};

describe('a CDK app', () => {
  const CDK = ['aws-cdk-lib', 'constructs', '@types/node'].map((one) => path.join(ROOT, 'node_modules', one));

  test('a CDK app from init synthesizes, and its outputs are commands of the package', async () => {
    const project = await install([tarball.file]);
    const answers = ['--domain', ENVIRONMENT.domain, '--recipients', 'ann@acme.io', '--region', 'eu-central-1'];
    const written = await project.run('npx', [name, 'init', ...answers]);
    expect(written).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toContain('\n  npm install\n');
    await addPackages(project, [...CDK, path.join(ROOT, 'node_modules/aws-cdk')]);
    const { code, stderr } = await project.run('npx', ['cdk', 'synth', '--quiet', '--no-notices']);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    const template: Template = JSON.parse(project.read('cdk.out/ConnectionAuditor-dev.template.json'));
    expect(template.Outputs.CheckSetup?.Value).toBe(`npx ${name} check --environment dev --region eu-central-1`);
    const [lambda] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    expect(lambda?.Properties).toMatchObject({
      Handler: 'index.handler',
      Environment: { Variables: { LAUNCHER: 'package', AUTH0_DOMAIN: ENVIRONMENT.domain } },
    });
    const asset = `asset.${lambda?.Properties.Code?.S3Key.replace('.zip', '')}`;
    const files = readdirSync(path.join(project.folder, 'cdk.out', asset));
    expect(files).toEqual(expect.arrayContaining(['index.mjs', 'settings.json', 'policy.json']));
    const { stdout } = await project.run('npx', [name, 'lint']);
    expect(stdout).toContain('No problems.');
  });

  test.each(['commonjs', 'module'])('the CDK app of lib/README.md compiles and synthesizes as %s', async (type) => {
    const project = await install([tarball.file, ...CDK], { type });
    const options = { module: 'nodenext', target: 'es2023', strict: true, skipLibCheck: false, types: ['node'] };
    project.write({
      ...examplesIn(project.read(`node_modules/${name}/lib/README.md`)),
      // If the types were not found, they would accept any value.
      'wrong.ts': `import { ConnectionAuditor, defineEnvironment } from '${name}';
        // @ts-expect-error
        defineEnvironment({ ...${JSON.stringify(ENVIRONMENT)}, recipients: 1 });
        // @ts-expect-error
        new ConnectionAuditor(1, 'Auditor', {});`,
      'tsconfig.json': JSON.stringify({ compilerOptions: { ...options, rootDir: '.', outDir: 'built' } }),
    });
    const tsc = await project.run('node', [path.join(ROOT, 'node_modules/typescript/bin/tsc')]);
    expect(tsc).toEqual({ code: 0, stdout: '', stderr: '' });
    for (const [app, template] of [
      ['app', 'ConnectionAuditor-dev'],
      ['own-stack', 'Identity'],
    ]) {
      const ran = await project.run('node', [`built/${app}.js`], { CDK_OUTDIR: `out-${app}` });
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      const written = project.read(`out-${app}/${template}.template.json`);
      expect(written).toContain('"LAUNCHER":');
      const { Outputs }: Template = JSON.parse(written);
      expect(Object.keys(Outputs)).toEqual(expect.arrayContaining(READ_OUTPUTS));
    }
  });
});

/** The stack outputs that the command line reads. It does not read the topic for consumers. */
const { findings: _ofMachines, ...READ } = STACK_OUTPUTS;
const READ_OUTPUTS = Object.values(READ);

interface Template {
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly Code?: { readonly S3Key: string } };
}

/** The files that a Markdown text links to or shows, as written in the text. */
function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"\s]+)"/g)]
    .map(([, link = '', picture = '']) => (link || picture).replace(/#.*/, ''))
    .filter((file) => file !== '' && !/^[a-z]+:/.test(file));
}

/** The examples of a text, by the file name in the first line of each example. */
function examplesIn(text: string): Readonly<Record<string, string>> {
  const examples = [...text.matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms)];
  expect(examples).toHaveLength(4);
  return Object.fromEntries(examples.map(([, file, example]) => [file, example]));
}
