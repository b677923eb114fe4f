import path from 'node:path';
import { findSeveralProblems } from '../many/contradictions';
import { findFilterProblems } from './filters';
import type { AuditOptions } from './options';
import { findOutputProblems } from './outputs';

/** What is wrong with the options together, a sentence each. */
export function findContradictions(options: AuditOptions): readonly string[] {
  return [
    ...findOutputProblems(options),
    ...findOverwritten(options),
    ...findFilterProblems(options),
    ...findQuietProblems(options),
    ...findSeveralProblems(options),
  ];
}

/** A report in the place of the policy would be the end of the policy. */
function findOverwritten({ policyFile, outputs }: AuditOptions): string[] {
  const isPolicy = (file: string): boolean =>
    policyFile !== undefined && path.resolve(file) === path.resolve(policyFile);
  return outputs.some(isPolicy) ? ['--output: is the file of --policy, which the report would replace'] : [];
}

function findQuietProblems({ quiet, mode, yes }: AuditOptions): string[] {
  return quiet && mode === 'remediate' && !yes
    ? ['--quiet: with --mode remediate give --yes too: no question is asked']
    : [];
}
