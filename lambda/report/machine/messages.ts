import { makeEach, type Sequence } from '../../connection/sequence';
import { countBy, keysOf } from '../../connection/tables';
import { SEVERITIES } from '../../contract';
import type { Change } from '../../judge/change';
import { type Finding, LIFECYCLES } from '../../judge/finding';
import type { Notice } from '../../judge/notice';
import type { Outcome } from '../../judge/outcome';
import type { Incomplete, Report } from '../../judge/report';
import { groupBy } from '../text/group-by';
import { type Json, listJson, toJson, writeBounded } from '../text/json';
import { isToCheck } from '../words/change';
import type { DocsContext } from '../words/docs';
import { countOutcomes, outcomesOf } from '../words/outcome';
import { createFindingWriter, markTruncated } from './finding-text';
import type { ChangesBody, Cut, ErrorBody, FindingsBody, SummaryBody } from './message-bodies';
import {
  type Attributes,
  attributesOf,
  type Draft,
  draftOf,
  headOf,
  type Members,
  type MessageLifecycle,
  pack,
  roomIn,
  type Topic,
  writeBody,
} from './message-head';
import { toOcsfClosed } from './ocsf';
import type { OcsfFinding } from './ocsf-shape';

/** One message for the findings topic. Each attribute is of the SNS type String. */
export interface FindingMessage {
  readonly body: string;
  readonly attributes: Attributes;
}

/**
 * Everything a run found, did and settled, for machines: nothing is dropped, and each message has one type, severity,
 * outcome and lifecycle, so that a filter policy on its attributes is true of all it holds: who asks for
 * `failed_verification` gets those findings, all of them and no others. What cannot wait goes first: the error, what
 * earlier runs and people changed, the summary, then findings, the worst severity first and in it the worst outcome; what is resolved comes last.
 * Each body tells how many there are, so that all are measured before the first; 40,000 findings are 120 MB, of which
 * one message at a time is held.
 */
export function writeFindingMessages(report: Report, context: DocsContext = {}): Sequence<FindingMessage> {
  const drafts = [
    ...draftError(report),
    ...draftChanges(report),
    ...draftSummary(report),
    ...draftFindings(report, context),
    ...draftResolved(report),
  ];
  return makeEach(drafts, (draft, index) => {
    const head = headOf(report, draft, index + 1, drafts.length);
    return { body: writeBody(head, draft), attributes: attributesOf(head) };
  });
}

function draftError({ complete, incomplete, findings }: Report): Draft[] {
  if (complete) return [];
  const topic: Topic = {
    messageType: 'run_error',
    severity: 'high',
    outcome: worstOutcome(findings),
    lifecycle: 'none',
  };
  return [
    draftOf<ErrorBody>(topic, () => ({
      incomplete: incomplete === null ? toJson(null) : writeBounded<Cut<Incomplete>>(incomplete, markOurs),
    })),
  ];
}

/** A change with more connections than these comes in several entries, so that none is left out. */
const CONNECTIONS_AT_ONCE = 100;

/** What somebody should look at first: it has messages of its own, since a message has one severity. */
function draftChanges(report: Report): Draft[] {
  const changes = report.earlierChanges.filter(({ to }) => to.machines).map(({ change }) => change);
  return ([true, false] as const).flatMap((isGrave) => {
    const topic: Topic = {
      messageType: 'earlier_change',
      severity: isGrave ? 'high' : 'informational',
      outcome: 'none',
      lifecycle: 'none',
    };
    const ours = changes.filter((change) => isToCheck(change) === isGrave).flatMap(inParts);
    const write = (change: Change) => writeBounded<Cut<Change>>(change, markOurs);
    const draft = (list: readonly Change[]): Draft =>
      draftOf<ChangesBody>(topic, () => ({ changes: listJson(list.map(write)) }));
    return pack(ours, write, roomIn(report, draft([]))).map(draft);
  });
}

function inParts(change: Change): Change[] {
  const { connections } = change;
  const parts = Math.max(1, Math.ceil(connections.length / CONNECTIONS_AT_ONCE));
  return Array.from({ length: parts }, (_, part) => ({
    ...change,
    connections: connections.slice(part * CONNECTIONS_AT_ONCE, (part + 1) * CONNECTIONS_AT_ONCE),
  }));
}

function draftSummary(report: Report): Draft[] {
  const { coverage, summary, findings, otherWriters, telling } = report;
  const severity =
    SEVERITIES.findLast((each) => findings.some((finding) => finding.severity === each)) ?? 'informational';
  const topic: Topic = { messageType: 'run_summary', severity, outcome: worstOutcome(findings), lifecycle: 'none' };
  const facts: Omit<Members<SummaryBody>, 'notices'> = {
    coverage: toJson(coverage),
    summary: toJson(summary),
    outcomes: toJson(countOutcomes(findings)),
    lifecycles: toJson(countLifecycles(report)),
    findingsTotal: toJson(findings.length),
    telling: toJson(telling),
    places: toJson(placesOf(report)),
    otherWriters: toJson(otherWriters),
    historyFailure: toJson(report.historyFailure?.slice(0, FAILURE_CHARACTERS) ?? null),
  };
  const write = (notice: Notice) => writeBounded<Cut<Notice>>(notice, markOurs);
  const draft = (notices: readonly Notice[]): Draft =>
    draftOf<SummaryBody>(topic, () => ({ ...facts, notices: listJson(notices.map(write)) }));
  const packed = pack(report.notices, write, roomIn(report, draft([])));
  return packed.length === 0 ? [draft([])] : packed.map(draft);
}

function worstOutcome(findings: readonly Finding[]): Outcome | 'none' {
  return outcomesOf(findings)[0] ?? 'none';
}

/** The message is ours and bounded at its source; this holds even where it is not. */
const FAILURE_CHARACTERS = 2_000;

function countLifecycles({ findings, resolved }: Report): Readonly<Record<MessageLifecycle, number>> {
  const counts = countBy(
    LIFECYCLES,
    findings.map(({ lifecycle }) => lifecycle),
  );
  return { ...counts, resolved: resolved.length };
}

/** The addresses are ours and short; a longer one would not fit. */
function placesOf({ places }: Report): Report['places'] {
  if (places === null) return null;
  return { record: places.record.slice(0, FAILURE_CHARACTERS), html: places.html.slice(0, FAILURE_CHARACTERS) };
}

function draftFindings(report: Report, context: DocsContext): Draft[] {
  const { findings } = report;
  const write = createFindingWriter(report, context);
  const groups = new Map(groupBy(findings, topicOf).map((group) => [topicOf(group[0]), group]));
  const outcomes = outcomesOf(findings);
  return SEVERITIES.toReversed().flatMap((severity) =>
    outcomes.flatMap((outcome) =>
      keysOf(LIFECYCLES).flatMap((lifecycle) => {
        const ours = groups.get(topicOf({ severity, outcome, lifecycle })) ?? [];
        const topic = { messageType: 'finding', severity, outcome, lifecycle } as const;
        return packFindings(report, topic, ours, write);
      }),
    ),
  );
}

function topicOf({ severity, outcome, lifecycle }: Pick<Finding, 'severity' | 'outcome' | 'lifecycle'>): string {
  return `${severity} ${outcome} ${lifecycle}`;
}

function draftResolved(report: Report): Draft[] {
  const topic = { messageType: 'finding', severity: 'informational', outcome: 'none', lifecycle: 'resolved' } as const;
  return packFindings(report, topic, report.resolved, (finding) =>
    writeBounded(toOcsfClosed(finding, report), markTruncated),
  );
}

function packFindings<T>(
  report: Report,
  topic: Topic,
  findings: readonly T[],
  write: (finding: T) => Json<OcsfFinding>,
): Draft[] {
  const draft = (list: readonly T[]): Draft =>
    draftOf<FindingsBody>(topic, () => ({ findings: listJson(list.map(write)) }));
  return pack(findings, write, roomIn(report, draft([]))).map(draft);
}

function markOurs<T>(value: Cut<T>): Cut<T> {
  return { ...value, truncated: true };
}
