import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EVENT_TIME } from '../lambda/contract';
import { deployFunction, RESOURCES } from './deployed-function';
import { median } from './median';

const ROUNDS = 41;
/**
 * The time from the import of the bundled function to its first request to Auth0, in report mode, compared with a bundle of
 * two AWS clients and axios that reads the same secret and requests the same token. Each start is a separate process, in
 * turns. The start of Node.js itself is not included.
 */
export async function benchImport(): Promise<string> {
  const deployed = await deployFunction();
  const { tenant, variables, taskRoot } = deployed;
  const folder = mkdtempSync(path.join(tmpdir(), 'auditor-import-'));
  try {
    const handler = path.join(taskRoot, 'index.mjs');
    const yardstick = buildYardstick(folder);
    const { host } = new URL(tenant.origin);
    const event = { [EVENT_TIME]: '2026-11-23T04:30:00Z', secretArn: RESOURCES.SECRET_ARN, origin: tenant.origin };
    const startOf = (bundle: string, listsFiles = false) => startOnce(bundle, { host, event, listsFiles }, variables);

    const measured = { handler: await loadedBy(handler, startOf), yardstick: await loadedBy(yardstick, startOf) };
    for (let round = 0; round < ROUNDS; round += 1) {
      measured.handler.starts.push(await startOf(handler));
      measured.yardstick.starts.push(await startOf(yardstick));
    }
    return tableOf(measured.handler, measured.yardstick);
  } finally {
    rmSync(folder, { recursive: true });
    await deployed.close();
  }
}

function buildYardstick(folder: string): string {
  execFileSync(process.execPath, [path.join(__dirname, 'build-yardstick.mjs'), folder], { stdio: 'pipe' });
  return path.join(folder, 'index.mjs');
}

interface Start {
  readonly wallMs: number;
  /** User and system, of all threads. */
  readonly cpuMs: number;
  /** The addresses of the loaded files, if requested. */
  readonly files: readonly string[];
}

interface Measured {
  /** Bytes of the loaded files of the bundle. */
  readonly bytes: number;
  readonly files: number;
  readonly starts: Start[];
}

async function loadedBy(
  bundle: string,
  startOf: (bundle: string, listsFiles: boolean) => Promise<Start>,
): Promise<Measured> {
  const { files } = await startOf(bundle, true);
  const ours = files
    .filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url))
    .filter((file) => path.dirname(file) === path.dirname(bundle));
  return { bytes: ours.reduce((sum, file) => sum + statSync(file).size, 0), files: ours.length, starts: [] };
}

function startOnce(bundle: string, asked: object, env: Readonly<Record<string, string>>): Promise<Start> {
  const child = fork(path.join(__dirname, 'import-probe.mjs'), [bundle, JSON.stringify(asked)], {
    env: { ...env },
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (started: Start) => {
      resolve(started);
      child.kill();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the start of ${bundle} ended with ${code}`)));
  });
}

function tableOf(handler: Measured, yardstick: Measured): string {
  const medians = ({ bytes, files, starts }: Measured) => ({
    bytes,
    files,
    wallMs: median(starts.map(({ wallMs }) => wallMs)),
    cpuMs: median(starts.map(({ cpuMs }) => cpuMs)),
  });
  const row = (name: string, { wallMs, cpuMs, bytes, files }: ReturnType<typeof medians>) =>
    `  ${name.padEnd(28)} ${wallMs.toFixed(0).padStart(7)} ${cpuMs.toFixed(0).padStart(6)} ${(bytes / 1000).toFixed(0).padStart(8)} ${String(files).padStart(6)}`;
  const [ours, theirs] = [medians(handler), medians(yardstick)];
  const ratio = (of: 'wallMs' | 'cpuMs' | 'bytes') => (ours[of] / theirs[of]).toFixed(2);
  return [
    `from import to the first request to Auth0, Node ${process.versions.node}, median of ${ROUNDS}`,
    '                               wall ms CPU ms       KB  files',
    row('the function', ours),
    row('two AWS clients and axios', theirs),
    `  ${'ratio'.padEnd(28)} ${ratio('wallMs').padStart(7)} ${ratio('cpuMs').padStart(6)} ${ratio('bytes').padStart(8)}`,
  ].join('\n');
}
