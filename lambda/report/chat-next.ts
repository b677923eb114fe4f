import { isSettled } from '../audit/outcome';
import type { Report } from '../audit/report';
import type { AlertContext } from './alert-next';
import { orderForChat } from './chat-findings';
import { quoteOursInChat, wordInChat } from './chat-text';
import { npmCommand } from './commands';
import { dashboardPath } from './dashboard-path';
import { explainStop } from './ending-words';
import { explainEffect } from './finding-words';
import { fullReportOf } from './places';
import { remedyFor } from './run-words';
import { stopsOf } from './stops';

/** What to do, in the order in which to do it; nothing where nothing is asked. */
export function nextStepsInChat(report: Report, { region }: AlertContext): string[] {
  const { incomplete, findings, environment } = report;
  const [worst] = orderForChat(report);
  const failed = findings.filter(({ outcome }) => outcome === 'failed_verification').length;
  const full = fullReportOf(report, region);
  return [
    ...(failed > 0 ? [`See now that people can log in through what was not verified (${failed}).`] : []),
    ...(incomplete === null ? [] : [wordInChat(remedyFor(incomplete.reason))]),
    ...stopsOf(findings).map(({ stopped }) => explainStop(stopped)),
    ...(worst === undefined
      ? []
      : [
          `The first of them: ${wordInChat(explainEffect(worst))}`,
          `Where to look: ${dashboardPath(worst.connection.strategy)}`,
        ]),
    ...(findings.every(isSettled) ? [] : [`Every finding: \`${npmCommand(environment)}\` (reads only)`]),
    ...(full === undefined ? [] : [`Full report: ${full.link ?? quoteOursInChat(full.place, 500)}`]),
  ];
}
