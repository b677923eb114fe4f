import type { Change } from '../../judge/change';
import type { Notice } from '../../judge/notice';
import type { Outcome } from '../../judge/outcome';
import type { Incomplete, Report } from '../../judge/report';
import type { MessageHead, MessageLifecycle } from './message-head';
import type { OcsfFinding } from './ocsf-shape';

/** An object of ours whose texts had to be cut for it to fit a message alone says so. */
export type Cut<T> = T & { readonly truncated?: true };

/** `run_summary`: one for each run; more only where its notices do not fit one message. */
export interface SummaryBody
  extends MessageHead,
    Pick<Report, 'coverage' | 'summary' | 'otherWriters' | 'historyFailure' | 'telling' | 'places'> {
  /** How many findings have each outcome, zeros included. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** How many findings stand where against earlier runs, and how many of theirs this run settles. */
  readonly lifecycles: Readonly<Record<MessageLifecycle, number>>;
  readonly findingsTotal: number;
  readonly notices: readonly Cut<Notice>[];
}

/** `run_error`: one for each incomplete run, beside its summary. */
export interface ErrorBody extends MessageHead {
  readonly incomplete: Cut<Incomplete> | null;
}

/**
 * `earlier_change`: changes by earlier runs and by people that machines have not heard of. A change of many connections
 * comes in several entries with the same `runId`.
 */
export interface ChangesBody extends MessageHead {
  readonly changes: readonly Cut<Change>[];
}

/** `finding`: findings of one severity, one outcome and one lifecycle, each an OCSF Compliance Finding. */
export interface FindingsBody extends MessageHead {
  readonly findings: readonly OcsfFinding[];
}
