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

/** What the reader may expect of these messages is said once. */
function describeLifecycles(report: Report): string {
  if (isReminder(report)) return `${describeChanges(report)}. Nothing else changed since the last message.`;
  if (!isFirstRun(report)) return `${describeChanges(report)}.`;
  const all = report.findings.length === 0 ? '' : 'Everything found is listed once. ';
  return report.complete
    ? `${all}From now on you get changes, reminders of what stays open, and a weekly all-clear.`
    : 'No run has seen everything yet, so that nothing can be compared.';
}

function writeWritten({ findings, otherWriters }: Report): string[] {
  const written = findings.filter(({ change }) => change !== null).length;
  if (written === 0) return [];
  return fill(`${count(written, 'connection')}. Other writers meanwhile: ${describeOtherWriters(otherWriters)}`, {
    first: 'Written      ',
  });
}

/** Three lines: what holds, of what, and what it means if they stay away. */
export function writeAllClear(verdict: string, { environment, tenant, runId }: Report): string[] {
  return [
    ...fill(verdict),
    ...fill(`${makeHarmless(environment)}, ${makeVisible(tenant)}, run ${makeVisible(runId)}`),
    ...fill(WEEKLY_ALL_CLEAR),
  ];
}

/** What the run did not see, and why. */
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

/** Where all of it can be read. An address stands in a line of its own, whole, so that it can be copied. */
export function writePlaces(report: Report, region: string | undefined): string[] {
  const full = fullReportOf(report, region);
  if (full === undefined) {
    return report.findings.length === 0
      ? []
      : ['FULL REPORT', ...fill('It was not kept. The findings topic has every finding.', { first: '  ' })];
  }
  const { address, link } = full;
  const record = report.places?.record ?? address;
  return [
    'FULL REPORT',
    ...(link === undefined ? [] : [`  ${link}`]),
    ...writeAddress(address),
    ...(record === address ? [] : ['The same as JSON:', ...writeAddress(record)]),
  ];
}

function writeAddress(address: string): string[] {
  return isPlain(address) ? [`  ${address}`] : fill(makeVisible(address, 500), { first: '  ' });
}

export interface AlertContext extends DocsContext {
  /**
   * Where the commands in the message are to work, and the console that it links to.
   * @default the report's environment
   */
  readonly commands?: CommandPlace;
}

/** Where the docs explain what the run came to. An address stands in a line of its own, whole. */
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
