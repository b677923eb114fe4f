import type { Finding } from '../../lambda/judge/finding';
import type { StopReason } from '../../lambda/judge/outcome';
import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { count } from '../../lambda/report/words/run';
import { writePlan } from '../formats/plan';
import { type OpenHistory, warnOfLocalHistory } from '../open-history';
import type { ResolvedTarget } from '../target';
import { askFirst, type Terminal } from '../terminal';
import type { AuditOptions } from './options';

interface Asking {
  readonly isFirstRun: boolean;
  readonly opened: OpenHistory;
  readonly target: ResolvedTarget;
  readonly options: Pick<AuditOptions, 'yes' | 'firstRun'>;
  readonly terminal: Terminal;
}

/** Shows the plan and asks for consent. Returns why the run must not write, or `undefined` if it is allowed to write. */
export async function approve(
  planned: readonly Finding[],
  { isFirstRun, opened, target, options, terminal }: Asking,
): Promise<StopReason | undefined> {
  const { progress, note, columns } = terminal;
  const warnings = [
    ...(isFirstRun ? warnOfFirstRun(opened, target, options) : []),
    ...warnOfLocalHistory(opened, target),
  ];
  progress?.('');
  if (!options.yes) note(writePlan(planned, columns));
  if (warnings.length > 0) note(warnings.join('\n'));
  if (options.yes) return isFirstRun && !options.firstRun ? 'first_run' : undefined;
  const question = `Write ${count(planned.length, 'change')} to ${target.address.host}?`;
  return askFirst(question, { yes: false, nothingIs: 'written' }, terminal);
}

function warnOfFirstRun(
  { place }: OpenHistory,
  { address }: ResolvedTarget,
  { yes, firstRun }: Asking['options'],
): string[] {
  const missing = `There is no history of ${address.host} in ${makeVisible(place, 200)}, so earlier undos are unknown.`;
  const advice = yes && !firstRun ? ' Nothing is written. To write, also give --first-run.' : '';
  return fill(missing + advice, { columns: 80 });
}
