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

/** One message for the findings topic. Each attribute has the SNS type String. */
export interface FindingMessage {
  readonly body: string;
  readonly attributes: Attributes;
}

/**
 * All results of a run, for consumers. Nothing is dropped. Each message has one type, severity, outcome and lifecycle, so a
 * filter policy on its attributes is true for the whole message: a filter for `failed_verification` returns all findings
 * with that outcome and no others. The order of the messages: the error, the changes of earlier runs and of people, the
 * summary, the findings by severity and then by outcome (most severe first), the resolved findings. Each body contains the
 * number of messages, so all messages are measured before the first is written. 40,000 findings are 120 MB, and only one
 * message is in memory at a time.
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

/** A change with more connections has several entries, so that no connection is omitted. */
const CONNECTIONS_AT_ONCE = 100;

/** Changes that an operator should check come first. They have separate messages, because a message has one severity. */
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

/** The source of the message already limits it. This limit applies in every case. */
const FAILURE_CHARACTERS = 2_000;

function countLifecycles({ findings, resolved }: Report): Readonly<Record<MessageLifecycle, number>> {
  const counts = countBy(
    LIFECYCLES,
    findings.map(({ lifecycle }) => lifecycle),
  );
  return { ...counts, resolved: resolved.length };
}

/** The addresses come from the auditor and are short. A longer address would not fit. */
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
