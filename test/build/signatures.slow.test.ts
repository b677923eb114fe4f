import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { closeStores, makeFolder } from '../history/stores';

const ROOT = path.join(__dirname, '../..');
afterEach(closeStores);

const DEAD = 'http://127.0.0.1:9';

/** `npm run signatures`, by an npm that answers so, or by the real one, whose every connection is refused. */
function check(words: readonly string[], answer?: { readonly status: number; readonly said: object }) {
  const environment = { ...process.env, HTTPS_PROXY: DEAD, https_proxy: DEAD, npm_config_fetch_retries: '0' };
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

test.each(WORDS)('signatures that are right pass with %j', ({ words }) => {
  const { status, stdout } = check(words, { status: 0, said: { invalid: [], missing: [] } });
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^The registry's signatures of \d{3,} packages are valid\.\n$/),
  ]);
});

test.each(WORDS)('a wrong signature fails with %j', ({ words }) => {
  const { status, stdout } = check(words, { status: 1, said: wrong });
  expect([status, stdout]).toEqual([1, expect.stringContaining('forged@1.0.0: wrong (EINTEGRITYSIGNATURE)\n')]);
});

test('an unreachable registry is a warning of one line', () => {
  const { status, stdout } = check([]);
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(
      /^::warning title=Signatures::The registry's signatures were not checked: ECONNREFUSED: .*\n$/,
    ),
  ]);
});

test('an unreachable registry fails with --strict', () => {
  const { status, stdout } = check(['--strict']);
  expect([status, stdout]).toEqual([1, expect.stringContaining('not proven.\nECONNREFUSED: ')]);
});
