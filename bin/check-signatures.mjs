// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyFetched, describeUnchecked, judgeAudit } from '../build/signatures.mjs';

// Checks the registry's signature of each installed package. An unreachable registry is a warning, or an error with
// `--strict`: docs/releasing.md.

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const TIMEOUT_MS = 5 * 60_000;

// The npm that runs this script: https://docs.npmjs.com/cli/v11/using-npm/scripts#environment
const npm = process.env.npm_execpath;
if (npm === undefined) throw new Error('Start this script with: npm run signatures');
const isStrict = process.argv.includes('--strict');
const folder = mkdtempSync(join(tmpdir(), 'signatures-'));
try {
  const count = copyFetched(ROOT, folder);
  const { status, stdout, stderr } = spawnSync(process.execPath, [npm, 'audit', 'signatures', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  const { result, detail } = judgeAudit({ status, stdout });
  if (result === 'valid') process.stdout.write(`The registry's signatures of ${count} packages are valid.\n`);
  else if (result === 'unreachable' && !isStrict) {
    process.stdout.write(`${describeUnchecked(detail, { isOnGitHub: process.env.GITHUB_ACTIONS === 'true' })}\n`);
  } else {
    // npm's message about an unreachable registry adds no information.
    if (result === 'refused') process.stderr.write(stderr);
    process.stdout.write(`The registry's signatures could not be verified.\n${detail}\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
