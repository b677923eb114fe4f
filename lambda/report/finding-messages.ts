import type { Outcome } from '../audit/outcome';
import type { Finding, Report } from '../audit/report';
import { SEVERITIES } from '../contract';
import { bytesOf, writeBounded } from './bounded-json';
import { writeJson } from './json-text';
import { type Attributes, attributesOf, headOf, join, type MessageHead, type Topic } from './message-head';
import { countOutcomes, outcomesOf } from './outcome-order';

/** SNS refuses more than 262,144 bytes of body and attributes together; this leaves room for what we did not count. */
export const MESSAGE_BYTES = 240_000;

/** One message for the findings topic. Each attribute is of the SNS type String. */
export interface FindingMessage {
  readonly body: string;
  readonly attributes: Attributes;
}

/** `run_summary`: one for each run; more only where its notices do not fit one message. */
export type SummaryBody = MessageHead &
  Pick<Report, 'coverage' | 'summary' | 'notices' | 'otherWriters' | 'historyFailure'> & {
    readonly findingsTotal: number;
    /** How many findings have each outcome, zeros included. */
    readonly outcomes: Readonly<Record<Outcome, number>>;
  };

/** `run_error`: one for each incomplete run, beside its summary. */
export type ErrorBody = MessageHead & { readonly incomplete: Report['incomplete'] };

/** `finding`: findings of one severity and one outcome. `truncated` marks one whose texts had to be cut to fit a message alone. */
export type FindingsBody = MessageHead & { readonly findings: readonly (Finding & { readonly truncated?: true })[] };

/**
 * Everything a run found and did, for machines: nothing is dropped, and each message has one type, one severity and one
 * outcome, so that a filter policy on its attributes is true of all it holds: who asks for `failed_verification` gets
 * those findings, all of them and no others. What cannot wait goes first: the error, the summary, then findings, the
 * worst severity first and in it the worst outcome.
 */
export function writeFindingMessages(report: Report): readonly FindingMessage[] {
  const drafts = [...draftError(report), ...draftSummary(report), ...draftFindings(report)];
  return drafts.map((draft, index) => {
    const head = headOf(report, draft, index + 1, drafts.length);
    return { body: join(head, draft.rest), attributes: attributesOf(head) };
  });
}

interface Draft extends Topic {
  /** The body after its head: JSON members without the braces. */
  readonly rest: string;
}

function draftError({ incomplete, complete, findings }: Report): Draft[] {
  if (complete) return [];
  const written = incomplete === null ? 'null' : writeBounded(incomplete);
  return [
    { messageType: 'run_error', severity: 'high', outcome: worstOutcome(findings), rest: `"incomplete":${written}` },
  ];
}

function draftSummary(report: Report): Draft[] {
  const { coverage, summary, findings, notices, otherWriters } = report;
  const historyFailure = report.historyFailure?.slice(0, FAILURE_CHARACTERS) ?? null;
  const severity =
    SEVERITIES.findLast((each) => findings.some((finding) => finding.severity === each)) ?? 'informational';
  const outcomes = countOutcomes(findings);
  const findingsTotal = findings.length;
  const facts = writeJson({ coverage, summary, outcomes, findingsTotal, otherWriters, historyFailure }).slice(1, -1);
  const draft = (rest: string): Draft => ({
    messageType: 'run_summary',
    severity,
    outcome: worstOutcome(findings),
    rest: `${facts},"notices":[${rest}]`,
  });
  const packed = pack(notices.map(writeBounded), roomIn(report, draft('')));
  return packed.length === 0 ? [draft('')] : packed.map(draft);
}

function worstOutcome(findings: readonly Finding[]): Outcome | 'none' {
  return outcomesOf(findings)[0] ?? 'none';
}

/** The message is ours and bounded at its source; this holds even where it is not. */
const FAILURE_CHARACTERS = 2_000;

function draftFindings(report: Report): Draft[] {
  const { findings } = report;
  const outcomes = outcomesOf(findings);
  return SEVERITIES.toReversed().flatMap((severity) =>
    outcomes.flatMap((outcome) => {
      const ours = findings.filter((finding) => finding.severity === severity && finding.outcome === outcome);
      const draft = (rest: string): Draft => ({
        messageType: 'finding',
        severity,
        outcome,
        rest: `"findings":[${rest}]`,
      });
      return pack(
        ours.map((finding) => writeBounded(finding)),
        roomIn(report, draft('')),
      ).map(draft);
    }),
  );
}

/** What is left for entries beside the head and the attributes, at the largest numbers that `part` can have. */
function roomIn(report: Report, draft: Draft): number {
  const head = headOf(report, draft, 9_999_999, 9_999_999);
  const named = Object.entries(attributesOf(head)).map(
    ([name, value]) => bytesOf(name) + 'String'.length + bytesOf(value),
  );
  return MESSAGE_BYTES - bytesOf(join(head, draft.rest)) - named.reduce((sum, bytes) => sum + bytes, 0);
}

/** Entries joined with commas, as many to a text as fit. An entry larger than the room would stand alone; none is. */
function pack(entries: readonly string[], room: number): string[] {
  const texts: string[] = [];
  let chosen: string[] = [];
  let used = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry) + 1;
    if (chosen.length > 0 && used + bytes > room) {
      texts.push(chosen.join(','));
      chosen = [];
      used = 0;
    }
    chosen.push(entry);
    used += bytes;
  }
  return chosen.length > 0 ? [...texts, chosen.join(',')] : texts;
}
