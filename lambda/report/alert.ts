import type { Report } from '../audit/report';
import { isPermitted, writeExempt } from './alert-exempt';
import { writeFindings } from './alert-findings';
import { headline, writeSubject } from './alert-subject';
import { invokeCommand, npmCommand } from './commands';
import { makeHarmless, makeVisible } from './harmless';
import { fill } from './paragraphs';
import { describeCoverage, describeNotice, remedyFor } from './run-words';

/** A message for people: the alerts topic delivers it as a mail. */
export interface Alert {
  /** At most 100 characters of printable ASCII. */
  readonly subject: string;
  /** Plain text in lines of at most 72 columns; a command's argument is the one thing never broken. */
  readonly body: string;
}

export interface AlertContext {
  /** The deployed function, so that the message says how to run it again; absent for a run from a terminal. */
  readonly functionName?: string;
}

/** A run's unknown strategies are anyone's texts: more notices than these are counted. */
const NOTICES_SHOWN = 8;

/** One message for one run: the verdict first, then what was not seen, what drifted, and what to do next. */
export function writeAlert(report: Report, context: AlertContext = {}): Alert {
  const sections = [
    [...fill(headline(report))],
    writeFacts(report),
    writeIncomplete(report),
    writeFindings(report.findings.filter((finding) => !isPermitted(finding))),
    writeExempt(report.findings.filter(isPermitted)),
    writeNotices(report),
    writeNext(report, context),
    writeRun(report),
  ];
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return { subject: writeSubject(report), body: `${body.join('\n\n')}\n` };
}

function writeFacts(report: Report): string[] {
  return [
    ...fill(makeHarmless(report.environment), { first: 'Environment  ' }),
    ...fill(makeVisible(report.tenant), { first: 'Tenant       ' }),
    ...fill(describeCoverage(report), { first: 'Connections  ' }),
  ];
}

function writeIncomplete({ incomplete, complete }: Report): string[] {
  if (complete) return [];
  if (incomplete === null) return ['THIS RUN DID NOT SEE EVERYTHING.'];
  const scopes = incomplete.missingScopes.join(', ');
  return [
    'THIS RUN DID NOT SEE EVERYTHING',
    ...fill('Nobody knows about what was not read. This is not an all-clear.', { first: '  ' }),
    ...fill(makeHarmless(incomplete.message, 1000), { first: '  Reason   ' }),
    ...(scopes === '' ? [] : fill(scopes, { first: '  Missing  ' })),
    ...fill(remedyFor(incomplete.reason), { first: '  Do       ' }),
  ];
}

function writeNotices({ notices }: Report): string[] {
  const more = notices.length - NOTICES_SHOWN;
  if (notices.length === 0) return [];
  return [
    'TO KNOW',
    ...notices.slice(0, NOTICES_SHOWN).flatMap((notice) => fill(describeNotice(notice), { first: '- ' })),
    ...(more > 0 ? [`- and ${more} more; the findings topic has them all`] : []),
  ];
}

/** A quiet night asks nothing of anybody. */
function writeNext(report: Report, { functionName }: AlertContext): string[] {
  const everything = ["Every finding, from the project's folder (reads only):", `  ${npmCommand(report.environment)}`];
  const way = ['The way to the tenant, line by line (reads only):', `  ${npmCommand(report.environment, 'check')}`];
  const again = functionName === undefined ? [] : ['Run it again:', ...invokeCommand(functionName)];
  if (!report.complete) return ['NEXT', ...way, ...again];
  const unseen = report.findings.some(({ verdict }) => verdict === 'indeterminate');
  if (report.findings.length === 0) return [];
  return ['NEXT', ...everything, ...(unseen ? way : [])];
}

function writeRun(report: Report): string[] {
  const mode = report.mode === 'report' ? 'report: reads the tenant, writes nothing' : report.mode;
  return [
    ...fill(makeVisible(report.runId), { first: 'Run       ' }),
    ...fill(makeVisible(report.startedAt), { first: 'Started   ' }),
    ...fill(makeVisible(report.finishedAt), { first: 'Finished  ' }),
    ...fill(mode, { first: 'Mode      ' }),
  ];
}
