import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AUDIT_SCOPES, REMEDIATION_SCOPES } from '../../sandbox/auth0/access';
import type { RateLimit } from '../../sandbox/auth0/rate-limit';
import { type Sandbox, start } from '../../sandbox/auth0/server';
import type { SeedConnection, StoredConnection } from '../../sandbox/auth0/stored-connection';
import type { Result, Task } from './children/answer-parent';
import { type SubjectId, subjectOf } from './subjects';

export interface Setting {
  readonly subject: SubjectId;
  readonly seed: Iterable<SeedConnection>;
  readonly limit: RateLimit;
  /** Milliseconds of the tenant for each exchange. */
  readonly latencyMs: number;
  /** Milliseconds after which an unfinished run is ended. */
  readonly patience: number;
  readonly hasHistory?: boolean;
  /** The stored tenant directly before the run, after the preparation. */
  readonly inject?: (sandbox: Sandbox) => void;
}

export interface Run {
  readonly result: Result;
  /** The requests of the run, and the number of 429 answers. */
  readonly requests: number;
  readonly refused: number;
  readonly before: ReadonlyMap<string, StoredConnection>;
  readonly after: ReadonlyMap<string, StoredConnection>;
}

/** The folder of the programs, and the certificate that they trust. */
export interface Bench {
  readonly programs: string;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly certificateFile: string;
  /** The folder for output of the programs. */
  readonly folder: string;
}

/** Runs a subject in a separate process, against a separate tenant. */
export async function runSubject(bench: Bench, setting: Setting): Promise<Run> {
  const { subject, seed, limit, latencyMs } = setting;
  const scopes = subjectOf(subject).job === 'repair' ? REMEDIATION_SCOPES : AUDIT_SCOPES;
  const sandbox = await start({ tls: bench.tls, seed, scopes, rateLimit: limit });
  const slow = { name: 'before', run: () => new Promise<void>((resolve) => setTimeout(resolve, latencyMs)) } as const;
  sandbox.faults.add(slow, { times: Number.POSITIVE_INFINITY });
  try {
    const before = new Map(sandbox.tenant.connections);
    let earlier = 0;
    const result = await askChild(bench, sandbox, setting, () => {
      earlier = sandbox.requests.length;
      setting.inject?.(sandbox);
    });
    const requests = sandbox.requests.slice(earlier);
    const refused = requests.filter(({ status }) => status === 429).length;
    return { result, requests: requests.length, refused, before, after: sandbox.tenant.connections };
  } finally {
    await sandbox.stop();
  }
}

async function askChild(bench: Bench, sandbox: Sandbox, setting: Setting, go: () => void): Promise<Result> {
  const { subject, hasHistory = false, patience } = setting;
  const { client_id: clientId, client_secret: clientSecret } = sandbox.credentials;
  const folder = mkdtempSync(path.join(bench.folder, 'written-'));
  const task: Task = { subject, domain: sandbox.domain, clientId, clientSecret, hasHistory, folder };
  const program = path.join(bench.programs, `${subjectOf(subject).program}.mjs`);
  const child = fork(program, [JSON.stringify(task)], {
    cwd: bench.folder,
    // No environment variable of the caller: a proxy or credentials of a real tenant must not reach the program.
    env: { NODE_EXTRA_CA_CERTS: bench.certificateFile },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      child.on('message', (message: Result | 'ready') => {
        if (message !== 'ready') return resolve(message);
        go();
        child.send('go');
        timer = setTimeout(() => resolve(endedByUs(patience)), patience);
      });
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${subject} ended with ${code}`)));
    });
  } finally {
    clearTimeout(timer);
    child.removeAllListeners();
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function endedByUs(patience: number): Result {
  const note = `not ended after ${patience / 1000} s`;
  const nothing = { cpuMilliseconds: Number.NaN, residentBytes: Number.NaN };
  return { isComplete: false, listed: 0, withoutOptions: 0, note, milliseconds: patience, ...nothing };
}
