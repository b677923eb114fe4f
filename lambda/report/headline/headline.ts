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

/** The subject words of a headline. docs/runbook.md has an article on each word. */
export function wordsOf(report: Report): ReadonlySet<SubjectWord> {
  const { lead, parts } = sayAll(report);
  return new Set([...(lead === undefined ? [] : [lead]), ...parts].map(({ about }) => about));
}

/**
 * The verdict in at most `characters` characters. The most urgent parts are first. Whole parts are dropped from the
 * end, never single digits.
 */
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
  /** The part before the colon. */
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

/** All-clear only if there is nothing else to report. */
function sayAllSettled(report: Report): Said {
  const changed = [...sayChanges(report), ...sayAuditor(report), ...sayDrop(report)];
  if (sawNoConnections(report)) {
    const lead = say('no-connections');
    return { lead, parts: [same(lead.about, 'is this the right tenant?'), ...changed] };
  }
  return { lead: changed.length === 0 ? say('ok') : undefined, parts: [...changed, ...sayAllClear(report)] };
}

/** Only if no finding needs an action. */
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

/**
 * The guarded outcomes, each counted under a separate word. An outcome of this kind without a word does not compile.
 */
const GUARDED: Readonly<Record<OutcomeOf<'guarded'>, SubjectWord>> = { quarantined: 'quarantined', held: 'held' };

/** Drift that is counted separately: not tried, quarantined, held, paused or permitted. */
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
