import { ONCE } from '../connection/once';
import { lintPolicy } from './lint';
import type { Policy } from './policy';
import { problemLine } from './problem';
import { policySchema } from './schema';

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads a policy from JSON; refuses what the linter calls an error. Every problem is named at once, each with its path
 * inside the policy, after the file where one is given.
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
