import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deployFunction } from '../../bench/deployed-function';
import { heapOptions, invoke } from '../../bench/invoke';
import { MEMORY_SIZE } from '../../lib/environment/schema';
import { generate } from '../../sandbox/seeds';

const ROOT = path.join(__dirname, '../..');

describe('two runs of the bundled handler in a separate process, with 20,000 connections', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auditor-memory-'));
  let bundle = '';
  beforeAll(() => {
    bundle = buildIn(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([8_000, 20_000])('two runs with %s findings complete in the smallest memory size', async (findings) => {
    const seed = generate(20_000, { driftPercent: findings / 200 });
    const deployed = await deployFunction({ seed }, bundle);
    const execArgv = heapOptions(MEMORY_SIZE.least);
    const { code, invoked, printed } = await invoke(deployed, { times: 2, execArgv }).finally(deployed.close);
    expect(code).toBe(0);
    expect(invoked.map(({ returned }) => returned)).toMatchObject([{ complete: true }, { complete: true }]);
    expect(printed.split(`"Noncompliant":${findings}`)).toHaveLength(3);
    expect(invoked.at(-1)?.peakMb).toBeLessThan(MEMORY_SIZE.least);
  });
});

/** Builds like `npm run build:handler`, but not into `dist/`, which other tests build and copy at the same time. */
function buildIn(folder: string): string {
  const script = path.join(folder, 'bin/build-handler.mjs');
  cpSync(path.join(ROOT, 'bin'), path.join(folder, 'bin'), { recursive: true });
  for (const name of ['build', 'lambda', 'node_modules']) {
    symlinkSync(path.join(ROOT, name), path.join(folder, name), 'junction');
  }
  execFileSync(process.execPath, [script], { stdio: 'pipe' });
  return path.join(folder, 'dist/handler');
}
