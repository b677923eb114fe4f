import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sandbox } from '../sandbox/auth0/server';
import { playEdits } from '../sandbox/showcase/play';
import { policyAt } from './policy';
import { lastNightBefore } from './schedule';

/** The inputs that a command line needs to audit the tenant. */
export interface ShowcaseTenant {
  /** The policy as JSON. */
  readonly policyFile: string;
  /** Deletes that file. */
  remove(): void;
}

/**
 * Plays the edits of the showcase on a tenant of the seed `showcase`, without repairs, and writes its policy to a file.
 * `time` is the current time; `moveTo` sets the clock of the tenant. Both are in milliseconds since the epoch.
 */
export function prepareShowcase(
  sandbox: Sandbox,
  { time, moveTo }: { readonly time: number; readonly moveTo: (time: number) => void },
): ShowcaseTenant {
  const lastNight = lastNightBefore(time);
  playEdits(sandbox, { lastNight, after: Number.NEGATIVE_INFINITY, until: time, moveTo });
  const folder = mkdtempSync(path.join(tmpdir(), 'auth0-connection-auditor-'));
  const policyFile = path.join(folder, 'policy.json');
  writeFileSync(policyFile, `${JSON.stringify(policyAt(lastNight), null, 2)}\n`, { mode: 0o600 });
  return { policyFile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
