import { isFailure } from '../judge/outcome';
import type { Report } from '../judge/report';

/** The run was not complete, a repair failed, or a message or the history failed. What is known has been published. */
export class RunFailedError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join(' '));
    this.name = 'RunFailedError';
  }
}

/**
 * Why the invocation must fail after everything was sent. An indeterminate verdict is in the report and does not count.
 */
export function failuresOf({ incomplete, historyFailure, findings, untold }: Report): string[] {
  const failed = findings.filter(({ outcome }) => isFailure(outcome)).length;
  return [
    ...(incomplete === null ? [] : [incomplete.message]),
    ...(failed === 0 ? [] : [`Repairs that failed or could not be verified: ${failed}.`]),
    ...(historyFailure === null ? [] : [historyFailure]),
    ...untold,
  ];
}

/** Why the history failed, each reason one time; `null` if nothing failed. */
export function joinFailures(...failures: readonly (string | null)[]): string | null {
  const known = new Set(failures.filter((failure) => failure !== null));
  return known.size === 0 ? null : [...known].join(' ');
}
