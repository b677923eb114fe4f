import type { WriteSwitch } from '../contract';
import type { History } from '../history/history';
import { isOwner } from '../history/lease';
import { attempt } from '../history/memory';
import type { StopReason } from '../judge/outcome';

/** Why writes are not allowed now: by the state of the kill switch, or because the lease is no longer ours. */
export async function askToWrite(
  history: History,
  { owner, mayWrite }: { readonly owner: string; readonly mayWrite: () => Promise<WriteSwitch> },
): Promise<StopReason | undefined> {
  const [said, lease] = await Promise.all([
    mayWrite().catch((): WriteSwitch => 'unreadable'),
    attempt<StopReason | undefined>(
      async () => ((await isOwner(history, owner)) ? undefined : 'lease'),
      () => 'history',
    ),
  ]);
  return SAID[said] ?? lease;
}

const SAID: Readonly<Record<WriteSwitch, StopReason | undefined>> = {
  allow: undefined,
  stop: 'kill_switch',
  unreadable: 'kill_switch_unreadable',
};
