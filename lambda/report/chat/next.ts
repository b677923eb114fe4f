import { isSettled } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import type { AlertContext } from '../mail/next';
import { npmCommand } from '../words/commands';
import { dashboardPath } from '../words/dashboard-path';
import { explainEffect } from '../words/finding';
import { remedyFor } from '../words/incomplete';
import { fullReportOf } from '../words/places';
import { explainStop, stopsOf } from '../words/stop';
import { orderForChat } from './findings';
import { quoteOursInChat, wordInChat } from './text';

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
