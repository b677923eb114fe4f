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

/** Shows the plan and asks. Why nothing may be written, if so. */
export async function approve(
  planned: readonly Finding[],
  { isFirstRun, opened, target, options, terminal }: Asking,
): Promise<StopReason | undefined> {
  const { progress, note, columns } = terminal;
  const warnings = [...(isFirstRun ? warnOfFirstRun(opened, target) : []), ...warnOfLocalHistory(opened, target)];
  progress?.('');
  if (!options.yes) note(writePlan(planned, columns));
  if (warnings.length > 0) note(warnings.join('\n'));
  if (options.yes) return isFirstRun && !options.firstRun ? 'first_run' : undefined;
  const question = `Write ${count(planned.length, 'change')} to ${target.address.host}?`;
  return askFirst(question, { yes: false, nothingIs: 'written' }, terminal);
}

function warnOfFirstRun({ place }: OpenHistory, { address }: ResolvedTarget): string[] {
  return fill(
    `No history of ${address.host} is known in ${makeVisible(place, 200)}: what people undid and what keeps being set back is not known. With --yes, nothing is written unless --first-run is given too.`,
    { columns: 80 },
  );
}
