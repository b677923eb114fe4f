import { fork } from 'node:child_process';
import path from 'node:path';
import { start } from '../sandbox/auth0/server';
import type { SeedConnection } from '../sandbox/auth0/stored-connection';
import { generate } from '../sandbox/seeds';

const SIZES = [1_000, 100_000];
const FINDINGS = 50;
const ROUNDS = 3;

/**
 * Peak memory of an audit at 1,000 and at 100,000 connections with the same number of findings. The auditor runs in a
 * process of its own, so that the emulated tenant's memory does not count.
 */
export async function benchMemory(): Promise<string> {
  const rows = [
    `peak of an audit with ${FINDINGS} findings, median of ${ROUNDS}`,
    '  connections   findings   in use MB   resident MB',
  ];
  const peaks: Peak[] = [];
  for (const size of SIZES) {
    const peak = await peakOf(size);
    peaks.push(peak);
    rows.push(
      `  ${String(size).padStart(11)} ${String(peak.findings).padStart(10)} ${inMegabytes(peak.used)} ${inMegabytes(peak.resident)}`,
    );
  }
  const [few, many] = peaks;
  if (few === undefined || many === undefined) throw new Error('nothing was measured');
  rows.push(
    `  ${'ratio'.padStart(11)} ${''.padStart(10)} ${(many.used / few.used).toFixed(2).padStart(11)} ${(many.resident / few.resident).toFixed(2).padStart(13)}`,
  );
  return rows.join('\n');
}

/** Bytes. */
export interface Peak {
  /** Most that was in use after a collection, sampled while the audit ran. */
  readonly used: number;
  /** Most that the process ever had resident, garbage included. */
  readonly resident: number;
  readonly findings: number;
}

async function peakOf(size: number): Promise<Peak> {
  const sandbox = await start({ port: 0, rateLimit: 'off', seed: drift(generate(size), size) });
  try {
    const peaks: Peak[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      peaks.push(await auditApart({ origin: sandbox.origin, credentials: sandbox.credentials }));
    }
    const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
    return {
      used: median(peaks.map(({ used }) => used)),
      resident: median(peaks.map(({ resident }) => resident)),
      findings: median(peaks.map(({ findings }) => findings)),
    };
  } finally {
    await sandbox.stop();
  }
}

/** The same number of drifted connections in each tenant, spread over the whole listing. */
function* drift(connections: Iterable<SeedConnection>, size: number): Generator<SeedConnection> {
  const every = size / FINDINGS;
  let position = 0;
  for (const connection of connections) {
    const { options } = connection;
    const hasDrifted = position % every === 0;
    yield hasDrifted
      ? { ...connection, options: { ...options, set_user_root_attributes: 'on_first_login' } }
      : connection;
    position += 1;
  }
}

function auditApart(tenant: object): Promise<Peak> {
  const child = fork(path.join(__dirname, 'memory-probe.ts'), [JSON.stringify(tenant)], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (peak: Peak) => resolve(peak));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the measured audit ended with ${code}`)));
  });
}

function inMegabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).padStart(11);
}
