import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import manifest from '../../package.json';

const ROOT = path.join(__dirname, '../..');
const read = (name: string) => parse(readFileSync(path.join(ROOT, '.github/workflows', name), 'utf8'));

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: object;
}

describe('the release workflow', () => {
  const release = read('release.yml');
  const steps: readonly Step[] = release.jobs.publish.steps;
  const commands = steps.flatMap(({ run }) => run ?? []);

  test('the release workflow is started only manually', () => {
    expect(release.on).toEqual({ workflow_dispatch: null });
  });

  test('the release workflow needs the reviewers of the environment npm', () => {
    expect(Object.keys(release.jobs)).toEqual(['publish']);
    expect(release.jobs.publish.environment).toBe('npm');
  });

  test('the release workflow has permission only to read the sources and to prove its identity', () => {
    expect([release.permissions, release.jobs.publish.permissions]).toEqual([
      {},
      { contents: 'read', 'id-token': 'write' },
    ]);
    expect(JSON.stringify(release)).not.toContain('secrets.');
    expect(steps.filter(({ env }) => env !== undefined)).toEqual([]);
  });

  test('the release workflow publishes only main, after the signatures, the tests and the package test', () => {
    expect(steps[0]).toMatchObject({ if: "github.ref != 'refs/heads/main'", run: 'exit 1' });
    expect(commands.slice(-6)).toEqual([
      'npm ci --ignore-scripts',
      'npm run --silent signatures -- --strict',
      'npm ci',
      'npm test',
      'npm run test:package',
      'npm publish --access public --provenance',
    ]);
    expect(steps.at(-1)?.run).toBe(commands.at(-1));
  });

  test.each([
    { url: '"git+https://github.com/acme/auditor.git"', status: 0 },
    { url: '"git+https://github.com/acme/auditor-old.git"', status: 1 },
    { url: '"git+https://github.com/evil/github.com/acme/auditor.git"', status: 1 },
    { url: '{}', status: 1 },
  ])('the release workflow exits with $status for the address $url', ({ url, status }) => {
    const check = commands.find((command) => command.includes('npm pkg get repository.url')) ?? 'exit 9';
    const script = `npm() { echo "$URL"; }\n${check}`;
    const env = { PATH: process.env.PATH ?? '', GITHUB_REPOSITORY: 'acme/auditor', URL: url };
    expect(spawnSync('bash', ['-e', '-c', script], { env }).status).toBe(status);
  });

  test('the release workflow keeps no token of the checkout and uses no cache', () => {
    expect(steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with).toEqual({
      'persist-credentials': false,
    });
    expect(steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))?.with).toMatchObject({
      'package-manager-cache': false,
    });
  });
});

test('each npm script that a workflow or the CI script runs is in package.json', () => {
  const texts = ['.github/workflows/release.yml', '.github/workflows/test.yml', '.ci/run'].map((file) =>
    readFileSync(path.join(ROOT, file), 'utf8'),
  );
  const named = texts.flatMap((text) =>
    [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name),
  );
  expect(named).toEqual(expect.arrayContaining(['test:package', 'signatures']));
  expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
});

test('the test workflow checks signatures before a script of a package runs, without --strict', () => {
  const steps: readonly Step[] = read('test.yml').jobs.signatures.steps;
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci --ignore-scripts', 'npm run --silent signatures']);
});

test('the package can be published, and npm builds the package before packing', () => {
  expect(manifest).not.toHaveProperty('private');
  expect(manifest.scripts.prepack).toContain('build:package');
});
