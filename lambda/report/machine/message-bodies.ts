import type { Change } from '../../judge/change';
import type { Notice } from '../../judge/notice';
import type { Outcome } from '../../judge/outcome';
import type { Incomplete, Report } from '../../judge/report';
import type { MessageHead, MessageLifecycle } from './message-head';
import type { OcsfFinding } from './ocsf-shape';

/** An object of the auditor. `truncated` marks that its texts were cut so that it fits one message. */
export type Cut<T> = T & { readonly truncated?: true };

/** `run_summary`: one for each run; several only if its notices do not fit one message. */
export interface SummaryBody
  extends MessageHead,
    Pick<Report, 'coverage' | 'summary' | 'otherWriters' | 'historyFailure' | 'telling' | 'places'> {
  /** The number of findings with each outcome, including zeros. */
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** The number of findings in each lifecycle, and of findings of earlier runs that this run resolves. */
  readonly lifecycles: Readonly<Record<MessageLifecycle, number>>;
  readonly findingsTotal: number;
  readonly notices: readonly Cut<Notice>[];
}

/** `run_error`: one for each incomplete run, in addition to its summary. */
export interface ErrorBody extends MessageHead {
  readonly incomplete: Cut<Incomplete> | null;
}

/**
 * `earlier_change`: changes by earlier runs and by people that were not reported to consumers before. A change of many
 * connections has several entries with the same `runId`.
 */
export interface ChangesBody extends MessageHead {
  readonly changes: readonly Cut<Change>[];
}

/** `finding`: findings of one severity, one outcome and one lifecycle, each an OCSF Compliance Finding. */
export interface FindingsBody extends MessageHead {
  readonly findings: readonly OcsfFinding[];
}
