import * as z from 'zod';
import type { Report } from '../../judge/report';
import { isTooDeep } from '../carried';
import { type Unread, unreadable, type Versioned } from '../versioned';
import { completeReport } from './complete-report';
import { report as reportSchema } from './report-schema';

/** A report as recorded, with the auditor version and the policy that produced it. */
export interface KeptReport {
  readonly report: Report;
  /** The version of the auditor that wrote the record; `undefined` in a record that does not name it. */
  readonly auditorVersion: string | undefined;
  readonly policyFingerprint: string | undefined;
}

const origin = z.object({ auditorVersion: z.string().optional(), policyFingerprint: z.string().optional() });

/**
 * The whole report in the record of a run (`PastRun.file`), or why it cannot be read. Values and their order stay as
 * they were written, so that each format of the report is the same text as it was then. Members that this auditor does
 * not know stay as well. A value that it does not know is refused.
 */
export function parseReport(file: Versioned): { readonly ok: true; readonly kept: KeptReport } | Unread {
  const known = origin.safeParse(file);
  if (!known.success) return unreadable(known.error);
  const { auditorVersion, policyFingerprint } = known.data;
  if (isTooDeep(file)) return { ok: false, isNewer: false, problem: 'text (nested too deep)' };
  const report = completeReport(file.report);
  const problems: z.ZodError[] = [];
  if (isReport(report, problems)) return { ok: true, kept: { report, auditorVersion, policyFingerprint } };
  const [problem] = problems;
  return problem === undefined ? { ok: false, isNewer: false, problem: 'report' } : unreadable(problem);
}

/** Checks the value but does not use the copy that zod returns: its members are in the order of the schema. */
function isReport(value: unknown, problems: z.ZodError[]): value is Report {
  const { error } = reportSchema.safeParse(value);
  if (error !== undefined) problems.push(error);
  return error === undefined;
}
