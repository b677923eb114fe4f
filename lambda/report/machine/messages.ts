import { countBy, keysOf } from '../../connection/tables';
import { SEVERITIES } from '../../contract';
import { type Finding, LIFECYCLES } from '../../judge/finding';
import type { Outcome } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { writeBounded, writeJson } from '../text/json';
import { countOutcomes, outcomesOf } from '../words/outcome';
import {
  type Attributes,
  attributesOf,
  type Draft,
  headOf,
  type MessageHead,
  type MessageLifecycle,
  pack,
  roomIn,
  type Topic,
  writeBody,
} from './message-head';
import { toOcsf, toOcsfClosed } from './ocsf';
import type { OcsfFinding } from './ocsf-shape';

/** One message for the findings topic. Each attribute is of the SNS type String. */
export interface FindingMessage {
  readonly body: string;
  readonly attributes: Attributes;
}

/** `run_summary`: one for each run; more only where its notices do not fit one message. */
export type SummaryBody = MessageHead &
  Pick<Report, 'coverage' | 'summary' | 'notices' | 'otherWriters' | 'historyFailure' | 'telling' | 'places'> & {
    readonly findingsTotal: number;
    /** How many findings have each outcome, zeros included. */
    readonly outcomes: Readonly<Record<Outcome, number>>;
    /** How many findings stand where against earlier runs, and how many of theirs this run settles. */
    readonly lifecycles: Readonly<Record<MessageLifecycle, number>>;
  };

/** `run_error`: one for each incomplete run, beside its summary. */
export type ErrorBody = MessageHead & { readonly incomplete: Report['incomplete'] };

/** `finding`: findings of one severity, one outcome and one lifecycle, each an OCSF Compliance Finding. */
export type FindingsBody = MessageHead & { readonly findings: readonly OcsfFinding[] };

/**
 * Everything a run found, did and settled, for machines: nothing is dropped, and each message has one type, severity,
 * outcome and lifecycle, so that a filter policy on its attributes is true of all it holds: who asks for
 * `failed_verification` gets those findings, all of them and no others. What cannot wait goes first: the error, the
 * summary, then findings, the worst severity first and in it the worst outcome; what is resolved comes last.
 */
export function writeFindingMessages(report: Report): readonly FindingMessage[] {
  const drafts = [...draftError(report), ...draftSummary(report), ...draftFindings(report), ...draftResolved(report)];
  return drafts.map((draft, index) => {
    const head = headOf(report, draft, index + 1, drafts.length);
    return { body: writeBody(head, draft.rest), attributes: attributesOf(head) };
  });
}

function draftError(report: Report): Draft[] {
  if (report.complete) return [];
  const incomplete: ErrorBody['incomplete'] = report.incomplete;
  const written = incomplete === null ? 'null' : writeBounded(incomplete, markOurs);
  return [
    {
      messageType: 'run_error',
      severity: 'high',
      outcome: worstOutcome(report.findings),
      lifecycle: 'none',
      rest: `"incomplete":${written}`,
    },
  ];
}

function draftSummary(report: Report): Draft[] {
  const { coverage, summary, findings, notices, otherWriters, telling } = report;
  const severity =
    SEVERITIES.findLast((each) => findings.some((finding) => finding.severity === each)) ?? 'informational';
  const facts: Omit<SummaryBody, keyof MessageHead | 'notices'> = {
    coverage,
    summary,
    outcomes: countOutcomes(findings),
    lifecycles: countLifecycles(report),
    findingsTotal: findings.length,
    telling,
    places: placesOf(report),
    otherWriters,
    historyFailure: report.historyFailure?.slice(0, FAILURE_CHARACTERS) ?? null,
  };
  const written = writeJson(facts).slice(1, -1);
  const draft = (rest: string): Draft => ({
    messageType: 'run_summary',
    severity,
    outcome: worstOutcome(findings),
    lifecycle: 'none',
    rest: `${written},"notices":[${rest}]`,
  });
  const packed = pack(
    notices.map((notice) => writeBounded(notice, markOurs)),
    roomIn(report, draft('')),
  );
  return packed.length === 0 ? [draft('')] : packed.map(draft);
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

function draftFindings(report: Report): Draft[] {
  const { findings } = report;
  const outcomes = outcomesOf(findings);
  return SEVERITIES.toReversed().flatMap((severity) =>
    outcomes.flatMap((outcome) =>
      keysOf(LIFECYCLES).flatMap((lifecycle) => {
        const ours = findings.filter(
          (finding) => finding.severity === severity && finding.outcome === outcome && finding.lifecycle === lifecycle,
        );
        const topic = { messageType: 'finding', severity, outcome, lifecycle } as const;
        return packFindings(
          report,
          topic,
          ours.map((finding) => toOcsf(finding, report)),
        );
      }),
    ),
  );
}

function draftResolved(report: Report): Draft[] {
  const topic = { messageType: 'finding', severity: 'informational', outcome: 'none', lifecycle: 'resolved' } as const;
  return packFindings(
    report,
    topic,
    report.resolved.map((finding) => toOcsfClosed(finding, report)),
  );
}

function packFindings(report: Report, topic: Topic, findings: FindingsBody['findings']): Draft[] {
  const draft = (rest: string): Draft => ({ ...topic, rest: `"findings":[${rest}]` });
  return pack(
    findings.map((finding) => writeBounded(finding, markOcsf)),
    roomIn(report, draft('')),
  ).map(draft);
}

/** The way OCSF marks it. */
function markOcsf(finding: OcsfFinding): OcsfFinding {
  return { ...finding, metadata: { ...finding.metadata, is_truncated: true } };
}

function markOurs(value: object): object {
  return { ...value, truncated: true };
}
