import { findSeveralProblems } from '../many/contradictions';
import { findFilterProblems } from './filters';
import type { AuditOptions } from './options';
import { findOutputProblems } from './outputs';

/** What is wrong with the options together, a sentence each. */
export function findContradictions(options: AuditOptions): readonly string[] {
  return [
    ...findOutputProblems(options),
    ...findFilterProblems(options),
    ...findQuietProblems(options),
    ...findSeveralProblems(options),
  ];
}

function findQuietProblems({ quiet, mode, yes }: AuditOptions): string[] {
  return quiet && mode === 'remediate' && !yes
    ? ['--quiet: with --mode remediate give --yes too: no question is asked']
    : [];
}
