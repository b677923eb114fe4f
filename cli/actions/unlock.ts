import type { Tenure } from '../../lambda/history/history';
import { isEmpty } from '../../lambda/history/lease';
import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { type UnlockResult, unlock } from '../../lambda/run/people/unlock';
import type { CommandContext } from '../command';
import type { UnlockOptions } from '../commands/unlock';
import type { ExitCode } from '../exit-code';
import { openHistory, warnOfLocalHistory } from '../open-history';
import { describePerson } from '../person';
import { resolveTarget } from '../target';
import { TargetError } from '../target-error';
import { askFirst, type Terminal } from '../terminal';
import { describeHolder } from './undo/restore';

/** Shows the lease, and ends it if the operator confirms. */
export async function unlockTenant(options: UnlockOptions, context: CommandContext): Promise<ExitCode> {
  const target = await resolveTarget(options, context, { history: 'writes', credentials: 'none' });
  const { terminal } = context;
  const { print, note, now, sleep } = terminal;
  const opened = openHistory(target, terminal);
  const { history } = opened;
  const lease = await history.readLease();
  if (isEmpty(lease)) {
    print(
      fill(`No run has the lease on this tenant in ${makeVisible(opened.place, 200)}.`, { columns: 80 }).join('\n'),
    );
    return 0;
  }
  const left = lease.unsettled.map(({ owner }) => makeVisible(owner));
  const lines = [
    ...fill(`Lease: ${describeHolder(lease, now())}.`, { columns: 80 }),
    ...(left.length === 0
      ? []
      : fill(`The next run checks the writes of these runs: ${left.join(', ')}.`, { columns: 80 })),
    ...warnOfLocalHistory(opened, target),
  ];
  note(lines.join('\n'));
  const isRunning = lease.isReadable && lease.owner !== '' && lease.until > now();
  if (isRunning && options.owner !== lease.owner) {
    throw new TargetError([
      `--owner: this run might still be writing; to end its lease before it expires, give --owner ${makeVisible(lease.owner)}`,
    ]);
  }
  const refusal = await askFirst('End this lease?', { yes: options.yes, nothingIs: 'changed' }, terminal);
  if (refusal !== undefined) return 1;
  const person = await describePerson({ target, opened, reason: options.reason }, terminal);
  const { runId, environment, tenant, by, reason, quarantine } = person;
  const waiting = (ms: number) =>
    note(`A run might still be writing. It was asked to stop. Waiting ${Math.round(ms / 1000)} s.`);
  const result = await unlock(
    { runId, environment, tenant, by, reason, quarantine, typed: options.owner },
    { history, now, sleep, waiting },
  );
  return show(result, terminal);
}

function describeTenure({ owner, until }: Tenure): string {
  return `${makeVisible(owner)} (until ${new Date(until).toISOString()})`;
}

function show(result: UnlockResult, { print, now }: Terminal): ExitCode {
  if (result.kind === 'free') {
    print('No run has the lease on this tenant.');
    return 0;
  }
  if (result.kind === 'held') throw new TargetError([describeHolder(result.lease, now())]);
  const { left, givenUp, failure } = result;
  const lines = [
    'The lease is free. The next run with this history reports the unlock.',
    ...(left.length === 0
      ? []
      : [
          `A later run checks the writes of these runs when their time is over. Until then nothing is written: ${left.map(describeTenure).join(', ')}.`,
        ]),
    ...(givenUp.length === 0
      ? []
      : [
          `The records of these runs do not show what they wrote: ${givenUp.map((id) => makeVisible(id)).join(', ')}. Check the Dashboard, Monitoring > Logs: the run id is the correlation id of the writes of a run.`,
        ]),
  ];
  print(lines.flatMap((line) => fill(line, { columns: 80 })).join('\n'));
  if (failure !== null) throw new TargetError([`the lease is free, but the unlock could not be recorded: ${failure}`]);
  return 0;
}
