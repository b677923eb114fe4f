import type { WriteSwitch } from '../../lambda/contract';
import type { History, PastRun } from '../../lambda/history/history';
import { didYouMean } from '../../lambda/policy/nearest';
import { allowWritesCommand } from '../../lambda/report/commands/aws';
import { introduce } from '../../lambda/report/commands/command';
import { undoToNeverCommand } from '../../lambda/report/commands/npm';
import { fill } from '../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import type { CommandContext } from '../command';
import type { UndoOptions } from '../commands/undo';
import type { ExitCode } from '../exit-code';
import { type OpenHistory, openHistory, warnOfLocalHistory } from '../open-history';
import { describePerson } from '../person';
import { READING_HISTORY, whileTelling } from '../screen/while-telling';
import { type ResolvedTarget, resolveTarget } from '../target';
import { TargetError } from '../target-error';
import { askFirst, type Terminal } from '../terminal';
import { releaseConnections } from './undo/release';
import { restoreAll } from './undo/restore';

/** Restores what a run changed and holds those connections, or releases holds. */
export async function undo(options: UndoOptions, context: CommandContext): Promise<ExitCode> {
  const credentials = options.run === undefined ? 'none' : 'needed';
  const target = await resolveTarget(options, context, { history: 'writes', credentials });
  const { terminal } = context;
  const opened = openHistory(target, terminal);
  const { history, mayWrite } = opened;
  const person = await describePerson({ target, opened, reason: options.reason }, terminal);
  if (options.release !== undefined) return releaseConnections(options.release, person, { history, terminal });
  const { run } = options;
  const past = await whileTelling(READING_HISTORY, terminal, () => history.readRun(run));
  if (past === undefined) throw await explainUnknownRun(run, history, target);
  if (past.undoable.length === 0) return endWithout(past, terminal);
  refuseNeverOnLogin(past, options, target);
  // The state has the holds. If it cannot be read, the next run would repair the restored connections again.
  await history.readState();
  refuseBySwitch(await mayWrite(), target);
  if (!(await confirmUndo(past, { opened, target, options, terminal }))) return 1;
  return restoreAll(past, person, { target, history, mayWrite, terminal, options });
}

/** The known runs are those of the last changes. */
async function explainUnknownRun(
  run: string,
  history: Pick<History, 'readState'>,
  { address }: ResolvedTarget,
): Promise<TargetError> {
  const { state } = await history.readState();
  const known = state.changes.map(({ runId }) => runId);
  const otherwise = '; use --history for another one';
  const meant = didYouMean(run, known, { write: (id) => makeVisible(id), otherwise });
  return new TargetError([`--run: no run '${makeHarmless(run)}' of ${address.host} in this history${meant}`]);
}

/** It can be unknown what an interrupted run wrote. Then a manual check is needed. */
function endWithout({ change }: PastRun, { print }: Terminal): ExitCode {
  const unknown = change.connections.map(({ id }) => id);
  if (unknown.length === 0) {
    print('That run changed nothing, so there is nothing to undo.');
    return 0;
  }
  const ids = unknown.slice(0, 20).join(', ');
  const text = `Nothing can be restored: it is unknown what that run wrote to ${count(unknown.length, 'connection')}, or the value was changed since. Check manually: ${ids}.`;
  print(fill(text, { columns: 80 }).join('\n'));
  return 2;
}

function refuseNeverOnLogin(
  { runId, undoable }: PastRun,
  { allowNeverOnLogin }: UndoOptions,
  { commands }: ResolvedTarget,
): void {
  const stopping = undoable.filter(({ before }) => before === 'never_on_login');
  if (stopping.length === 0 || allowNeverOnLogin) return;
  const names = stopping.slice(0, 10).map(({ connectionId, name }) => `${connectionId} (${makeHarmless(name, 60)})`);
  const more = stopping.length > 10 ? ` and ${stopping.length - 10} more` : '';
  throw new TargetError(
    [
      `--run: the undo would restore never_on_login for ${count(stopping.length, 'connection')}, which stops the creation of users at login: ${names.join(', ')}${more}. Nothing was written.`,
    ],
    introduce(['If this is intended (shows the changes and asks first):'], undoToNeverCommand(commands, runId)),
  );
}

function refuseBySwitch(said: WriteSwitch, { deployment, commands }: ResolvedTarget): void {
  if (said === 'allow') return;
  const { killSwitch: parameter } = deployment;
  if (said !== 'stop') {
    throw new TargetError([
      `the kill switch ${parameter} could not be read, so nothing was written; check region and credentials`,
    ]);
  }
  throw new TargetError(
    [`the kill switch ${parameter} is not set to allow, so nothing was written`],
    introduce(['When it is safe to write again:'], allowWritesCommand(commands)),
  );
}

interface Asking {
  readonly opened: OpenHistory;
  readonly target: ResolvedTarget;
  readonly options: UndoOptions;
  readonly terminal: Terminal;
}

async function confirmUndo(
  { runId, undoable, phase }: PastRun,
  { opened, target, options, terminal }: Asking,
): Promise<boolean> {
  const { host } = target.address;
  const heading = `Will restore on ${host}, only if the value is still the one that run ${runId} wrote:`;
  const lines = [
    ...fill(heading, { columns: 80 }),
    ...undoable.flatMap(({ connectionId, name, before, after }) => [
      `  ${connectionId}  ${nameValue(after)} -> ${nameValue(before)}`,
      ...fill(makeHarmless(name), { first: '    ', columns: 80 }),
    ]),
    ...(undoable.some(({ before }) => before === 'never_on_login')
      ? fill('WARNING: never_on_login stops the creation of users at login.', { columns: 80 })
      : []),
    ...(phase === 'planned'
      ? fill(
          'That run has not recorded the results of its writes yet: connections that it did not write stay as they are.',
          { columns: 80 },
        )
      : []),
    ...warnOfLocalHistory(opened, target),
  ];
  terminal.note(lines.join('\n'));
  const question = `Restore ${count(undoable.length, 'connection')}?`;
  const refusal = await askFirst(question, { yes: options.yes, nothingIs: 'written' }, terminal);
  return refusal === undefined;
}

function nameValue(value: PastRun['undoable'][number]['before']): string {
  return value ?? '(not set)';
}
