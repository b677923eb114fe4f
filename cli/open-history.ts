import os from 'node:os';
import path from 'node:path';
import { createBucketStore } from '../lambda/aws/bucket-store';
import { createKillSwitch } from '../lambda/aws/kill-switch';
import { SERVICE, type WriteSwitch } from '../lambda/contract';
import { createTenantHistory } from '../lambda/history/former-folder';
import type { History } from '../lambda/history/history';
import { fill } from '../lambda/report/text/columns';
import { makeVisible } from '../lambda/report/text/harmless';
import { createFolderStore } from './folder-store';
import type { ResolvedTarget } from './target';
import { TargetError } from './target-error';
import type { Terminal } from './terminal';

export interface OpenHistory {
  readonly history: History;
  /** The environment's kill switch if the history is a bucket. A local folder has no kill switch: the operator is asked. */
  readonly mayWrite: () => Promise<WriteSwitch>;
  /** The place of the history, to show to the operator. */
  readonly place: string;
  /** The history is shared with the function. Only the function sends alerts. */
  readonly isShared: boolean;
}

/**
 * Opens the history at a place, or in the operator's own folder (XDG Base Directory Specification, XDG_STATE_HOME).
 * Throws `TargetError`.
 */
export function openHistory(target: ResolvedTarget, { variables, now }: Terminal): OpenHistory {
  const { history: place, killSwitch } = target.deployment;
  const bucket = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(place ?? '');
  const hosts = { tenant: target.canonicalHost, former: target.formerHost };
  if (bucket !== null) {
    const [, name = '', prefix = ''] = bucket;
    const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    return {
      history: createTenantHistory(createBucketStore(name, folder, undefined, target.aws), hosts, now),
      mayWrite: createKillSwitch(killSwitch, target.aws),
      place: `s3://${name}/${folder}`,
      isShared: true,
    };
  }
  // Otherwise a typing error in the bucket's address would create the history in an unexpected folder.
  if (place !== undefined && /^\w{2,}:/.test(place)) {
    throw new TargetError([`--history: expected a folder or s3://BUCKET/PREFIX, got '${makeVisible(place)}'`]);
  }
  const state = variables.XDG_STATE_HOME || path.join(os.homedir(), '.local', 'state');
  const folder = path.resolve(place ?? path.join(state, SERVICE));
  return {
    history: createTenantHistory(createFolderStore(folder), hosts, now),
    mayWrite: () => Promise.resolve('allow'),
    place: folder,
    isShared: false,
  };
}

/** The warning before a write with a local history. */
export function warnOfLocalHistory(
  { isShared, place }: OpenHistory,
  { environment, deployment }: ResolvedTarget,
): string[] {
  if (isShared) return [];
  return fill(
    `The history is a local folder (${makeVisible(place, 200)}). The kill switch, the holds and the lease of environment ${environment} do not apply here.${deployment.isOfEnvironment ? ' To use them, omit --history.' : ''}`,
    { columns: 80 },
  );
}
