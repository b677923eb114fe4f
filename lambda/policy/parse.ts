import { ONCE } from '../connection/once';
import { lintPolicy } from './lint';
import type { Policy } from './policy';
import { problemLine } from './problem';
import { policySchema } from './schema';

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads a policy from JSON, and refuses a policy with errors of the linter. Returns all problems together, each with
 * its path inside the policy, after the file name if a file is given.
 */
export function parsePolicy(value: unknown, file?: string): ParsedPolicy {
  const parsed = policySchema.safeParse(value, ONCE);
  const errors = lintPolicy(value, { file: file ?? '' }).filter(({ severity }) => severity === 'error');
  if (parsed.success && errors.length === 0) return { ok: true, policy: parsed.data };
  const before = file === undefined ? '' : `${file}: `;
  return {
    ok: false,
    problems: errors.map((problem) => `${before}${problemLine(problem)}`),
  };
}
