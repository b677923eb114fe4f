import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { closeStores, makeFolder } from '../history/stores';

const ROOT = path.join(__dirname, '../..');
afterEach(closeStores);

const DEAD = 'http://127.0.0.1:9';

/** Runs `npm run signatures` with an npm that gives this answer, or with the real npm, whose connections are all refused. */
function check(
  words: readonly string[],
  {
    answer,
    isOnGitHub = '',
  }: { readonly answer?: { readonly status: number; readonly said: object }; readonly isOnGitHub?: string } = {},
) {
  const environment = {
    ...process.env,
    GITHUB_ACTIONS: isOnGitHub,
    HTTPS_PROXY: DEAD,
    https_proxy: DEAD,
    npm_config_fetch_retries: '0',
  };
  if (answer === undefined) {
    const command = ['npm run --silent signatures --', ...words].join(' ');
    return spawnSync(command, { cwd: ROOT, env: environment, encoding: 'utf8', shell: true });
  }
  const npm = path.join(makeFolder(), 'npm-cli.js');
  writeFileSync(
    npm,
    `console.log(${JSON.stringify(JSON.stringify(answer.said))}); process.exitCode = ${answer.status};`,
  );
  const script = path.join(ROOT, 'bin/check-signatures.mjs');
  const env = { ...environment, npm_execpath: npm };
  return spawnSync(process.execPath, [script, ...words], { env, encoding: 'utf8' });
}

const WORDS = [{ words: [] }, { words: ['--strict'] }];
const wrong = { invalid: [{ code: 'EINTEGRITYSIGNATURE', name: 'forged', version: '1.0.0' }], missing: [] };

test.each(WORDS)('valid signatures pass with the arguments %j', ({ words }) => {
  const { status, stdout } = check(words, { answer: { status: 0, said: { invalid: [], missing: [] } } });
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^The registry's signatures of \d{3,} packages are valid\.\n$/),
  ]);
});

test.each(WORDS)('a wrong signature fails with the arguments %j', ({ words }) => {
  const { status, stdout } = check(words, { answer: { status: 1, said: wrong } });
  expect([status, stdout]).toEqual([1, expect.stringContaining('forged@1.0.0: wrong (EINTEGRITYSIGNATURE)\n')]);
});

test.each([
  {
    place: 'a terminal',
    isOnGitHub: '',
    line: /^Not checked: npm could not reach .* \(ECONNREFUSED .*\)\. This is a warning; with --strict it is an error\.\n$/,
  },
  { place: 'GitHub Actions', isOnGitHub: 'true', line: /^::warning title=Signatures::.* \(ECONNREFUSED .*\)\n$/ },
])('an unreachable registry is a warning of one line in $place', ({ isOnGitHub, line }) => {
  const { status, stdout, stderr } = check([], { isOnGitHub });
  expect([status, stdout, stderr]).toEqual([0, expect.stringMatching(line), '']);
});

test('an unreachable registry fails with --strict', () => {
  const { status, stdout } = check(['--strict']);
  expect([status, stdout]).toEqual([
    1,
    expect.stringMatching(/could not be verified\.\nnpm could not reach .* \(ECONNREFUSED .*\)\n$/),
  ]);
});
