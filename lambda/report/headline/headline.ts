import { keysOf } from '../../connection/tables';
import type { Finding } from '../../judge/finding';
import { isResting, isSettled, type OutcomeOf } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { nameFailure } from '../words/incomplete';
import { isReminder } from '../words/lifecycle';
import { countOutcomes, isPermitted } from '../words/outcome';
import { count, sawNoConnections } from '../words/run';
import { stopsOf } from '../words/stop';
import { sayAuditor } from './auditor';
import { sayChanges } from './changes';
import { sayDone, sayDrop, sayWrites } from './done';
import { counted, type Part, same, say } from './part';
import { sayNews, sayRemains } from './remains';
import { type SubjectWord, sayWord } from './subject-words';

/** The verdict in one line of ASCII: the first line of the body, and the last of a terminal. */
export function headline(report: Report): string {
  const { lead, parts } = sayAll(report);
  return join('full', lead, parts);
}

/** The words that the parts of a headline are about; docs/runbook.md has an article on each. */
export function wordsOf(report: Report): ReadonlySet<SubjectWord> {
  const { lead, parts } = sayAll(report);
  return new Set([...(lead === undefined ? [] : [lead]), ...parts].map(({ about }) => about));
}

/** The verdict in so many characters. What asks most stands first, and the end gives way: whole parts, never a digit. */
export function headlineWithin(report: Report, characters: number): string {
  const { lead, parts } = sayAll(report);
  const needed = parts.filter(({ optional }) => optional === undefined);
  for (const said of [parts, needed]) {
    const full = join('full', lead, said);
    if (full.length <= characters) return full;
  }
  const short = [...needed];
  while (short.length > 1 && join('short', lead, short).length > characters) short.pop();
  return join('short', lead, short);
}

function join(length: 'full' | 'short', lead: Part | undefined, parts: readonly Part[]): string {
  const said = parts.map((part) => part[length]).join(', ');
  return lead === undefined ? said : `${lead[length]}: ${said}`;
}

interface Said {
  /** What stands before the colon. */
  readonly lead: Part | undefined;
  readonly parts: readonly Part[];
}

function sayAll(report: Report): Said {
  const { complete, incomplete, findings, historyFailure } = report;
  if (complete && historyFailure === null && findings.every(isSettled)) {
    return sayAllSettled(report);
  }
  const calm = isReminder(report) ? say('reminder') : undefined;
  const lead = complete ? calm : sayIncomplete(incomplete);
  const writes = sayWrites(report);
  const auditor = sayAuditor(report);
  const done = sayDone(report);
  const isStill = writes.length + done.length > 0 || isReminder(report);
  const isContinued = isStill || auditor.length > 0;
  return {
    lead,
    parts: [
      ...writes,
      ...auditor,
      ...done,
      ...sayRemains(report, { isContinued, isStill }),
      ...(writes.length + auditor.length + done.length > 0 ? sayNews(report) : []),
      ...sayApart(findings),
    ],
  };
}

function sayIncomplete(incomplete: Report['incomplete']): Part {
  const { about, short } = say('incomplete');
  return { about, full: incomplete === null ? short : `${short} (${nameFailure(incomplete.reason)})`, short };
}

/** An all-clear only where nobody has to hear of anything else. */
function sayAllSettled(report: Report): Said {
  const changed = [...sayChanges(report), ...sayAuditor(report), ...sayDrop(report)];
  if (sawNoConnections(report)) {
    const lead = say('no-connections');
    return { lead, parts: [same(lead.about, 'is this the right tenant?'), ...changed] };
  }
  return { lead: changed.length === 0 ? say('ok') : undefined, parts: [...changed, ...sayAllClear(report)] };
}

/** Only where nothing asks anything of anybody any more. */
function sayAllClear({ coverage, findings }: Report): Part[] {
  if (coverage.listed === 0) return [same('ok', 'the tenant has no connections')];
  const fixed = countOutcomes(findings).remediated;
  return [
    same('ok', `${count(coverage.listed, 'connection')} audited`),
    ...counted(fixed, 'fixed'),
    same('drifted', `none ${fixed > 0 ? 'still ' : ''}${sayWord('drifted')}`),
    ...counted(permittedIn(findings), 'exempt'),
  ];
}

/** What is counted under a word of its own. An outcome of this kind without one does not compile. */
const GUARDED: Readonly<Record<OutcomeOf<'guarded'>, SubjectWord>> = { quarantined: 'quarantined', held: 'held' };

/** Drift that is counted apart: not tried, quarantined, held, resting or permitted. */
function sayApart(findings: readonly Finding[]): Part[] {
  const counts = countOutcomes(findings.filter((finding) => !isResting(finding)));
  const untried = stopsOf(findings).filter(({ isOfRun }) => !isOfRun);
  return [
    ...counted(
      untried.reduce((sum, { findings: left }) => sum + left.length, 0),
      'not-tried',
    ),
    ...keysOf(GUARDED).flatMap((outcome) => counted(counts[outcome], GUARDED[outcome])),
    ...counted(findings.filter(isResting).length, 'resting'),
    ...counted(permittedIn(findings), 'exempt'),
  ];
}

function permittedIn(findings: readonly Finding[]): number {
  return findings.filter(isPermitted).length;
}
