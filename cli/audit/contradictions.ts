import path from 'node:path';
import { findSeveralProblems } from '../many/contradictions';
import { findFilterProblems } from './filters';
import type { AuditOptions } from './options';
import { findOutputProblems } from './outputs';

/** The contradictions between options, one sentence each. */
export function findContradictions(options: AuditOptions): readonly string[] {
  return [
    ...findOutputProblems(options),
    ...findOverwritten(options),
    ...findFilterProblems(options),
    ...findQuietProblems(options),
    ...findSeveralProblems(options),
  ];
}

/** A report in this file would overwrite the policy. */
function findOverwritten({ policyFile, outputs }: AuditOptions): string[] {
  const isPolicy = (file: string): boolean =>
    policyFile !== undefined && path.resolve(file) === path.resolve(policyFile);
  return outputs.some(isPolicy)
    ? ['--output: this is the file of --policy; the report would overwrite the policy']
    : [];
}

function findQuietProblems({ quiet, mode, yes }: AuditOptions): string[] {
  return quiet && mode === 'remediate' && !yes
    ? ['--quiet: with --mode remediate, also give --yes, because --quiet asks no question']
    : [];
}
