import type { Report } from '../../judge/report';
import { inLines } from '../commands/command';
import { acceptEmptyCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import { docsLinksOf } from '../headline/docs-links';
import { fill } from '../text/columns';
import { makeHarmless, makeVisible } from '../text/harmless';
import type { DocsContext } from '../words/docs';
import { explainIncomplete, remedyFor, titleIncomplete } from '../words/incomplete';
import { describeChanges, isFirstRun, isReminder, WEEKLY_ALL_CLEAR } from '../words/lifecycle';
import { fullReportOf, isPlain } from '../words/places';
import { count, describeCoverage, describeMode, describeOtherWriters } from '../words/run';

/** What was audited, and what changed. */
export function writeFacts(report: Report): string[] {
  return [
    ...fill(makeHarmless(report.environment), { first: 'Environment  ' }),
    ...fill(makeVisible(report.tenant), { first: 'Tenant       ' }),
    ...fill(describeCoverage(report), { first: 'Connections  ' }),
    ...fill(describeLifecycles(report), { first: isFirstRun(report) ? 'First run    ' : 'Changes      ' }),
    ...writeWritten(report),
  ];
}

/** The changes since the last run. The first run explains which messages will follow. */
function describeLifecycles(report: Report): string {
  if (isReminder(report)) return `${describeChanges(report)}. Nothing else changed since the last message.`;
  if (!isFirstRun(report)) return `${describeChanges(report)}.`;
  const all = report.findings.length === 0 ? '' : 'All findings are listed once. ';
  return report.complete
    ? `${all}From now on you get changes, reminders of open findings, and a weekly all-clear.`
    : 'No earlier run was complete, so there is nothing to compare with.';
}

function writeWritten({ findings, otherWriters }: Report): string[] {
  const written = findings.filter(({ change }) => change !== null).length;
  if (written === 0) return [];
  return fill(`${count(written, 'connection')}. Other writers during the run: ${describeOtherWriters(otherWriters)}`, {
    first: 'Written      ',
  });
}

/** Three lines: the verdict, the environment with the run, and what it means if the message does not arrive. */
export function writeAllClear(verdict: string, { environment, tenant, runId }: Report): string[] {
  return [
    ...fill(verdict),
    ...fill(`${makeHarmless(environment)}, ${makeVisible(tenant)}, run ${makeVisible(runId)}`),
    ...fill(WEEKLY_ALL_CLEAR),
  ];
}

/** What the run did not read, and why. */
export function writeIncomplete(report: Report, commands: CommandPlace): string[] {
  const { incomplete, complete } = report;
  if (complete) return [];
  const title = titleIncomplete(report).toUpperCase();
  if (incomplete === null) return [title];
  const scopes = incomplete.missingScopes.join(', ');
  return [
    title,
    ...fill(explainIncomplete(report), { first: '  ' }),
    ...fill(makeHarmless(incomplete.message, 1000), { first: '  Reason   ' }),
    ...(scopes === '' ? [] : fill(scopes, { first: '  Missing  ' })),
    ...fill(remedyFor(incomplete.reason), { first: '  Do       ' }),
    ...(incomplete.reason === 'listing_empty' ? inLines(acceptEmptyCommand(commands)) : []),
  ];
}

/** Where the full report is. Each address is unbroken on a separate line, so that it can be copied. */
export function writePlaces(report: Report, region: string | undefined): string[] {
  const full = fullReportOf(report, region);
  if (full === undefined) {
    return report.findings.length === 0
      ? []
      : [
          'FULL REPORT',
          ...fill('The report was not kept. The findings messages contain all findings.', { first: '  ' }),
        ];
  }
  const { address, link } = full;
  const record = report.places?.record ?? address;
  return [
    'FULL REPORT',
    ...(link === undefined ? [] : [`  ${link}`]),
    ...writeAddress(address),
    ...(record === address ? [] : ['The record (JSON):', ...writeAddress(record)]),
  ];
}

function writeAddress(address: string): string[] {
  return isPlain(address) ? [`  ${address}`] : fill(makeVisible(address, 500), { first: '  ' });
}

export interface AlertContext extends DocsContext {
  /**
   * The place that the commands in the message apply to. Its region decides the console links.
   * @default the report's environment
   */
  readonly commands?: CommandPlace;
}

/** Links to the docs on the result of the run. Each address is unbroken on a separate line. */
export function writeDocs(report: Report, docsUrl: string | undefined): string[] {
  const links = docsLinksOf(report, docsUrl);
  if (links.length === 0) return [];
  return ['DOCS', ...links.flatMap(({ label, address }) => [...fill(label, { first: '  ' }), `  ${address}`])];
}

export function writeRun({ runId, startedAt, finishedAt, mode }: Report): string[] {
  return [
    ...fill(makeVisible(runId), { first: 'Run       ' }),
    ...fill(makeVisible(startedAt), { first: 'Started   ' }),
    ...fill(makeVisible(finishedAt), { first: 'Finished  ' }),
    ...fill(describeMode(mode), { first: 'Mode      ' }),
  ];
}
