import type { Finding } from '../../judge/finding';
import type { Outcome } from '../../judge/outcome';

/** Every outcome, in the order of how much it asks of a person, the most first. A new one must find its place. */
const NONE: Readonly<Record<Outcome, number>> = {
  failed_verification: 0,
  failed: 0,
  skipped_stopped: 0,
  skipped_cap: 0,
  skipped_incomplete: 0,
  quarantined: 0,
  skipped_conflict: 0,
  skipped_unsafe: 0,
  held: 0,
  planned: 0,
  skipped_grace: 0,
  skipped_rule: 0,
  skipped_exempt: 0,
  remediated: 0,
  already_compliant: 0,
  gone: 0,
};
const WORST_FIRST = Object.keys(NONE);

type Ended = Pick<Finding, 'outcome'>;

/** The outcomes that some finding has, the worst first. */
export function outcomesOf(findings: readonly Ended[]): readonly Outcome[] {
  return [...new Set(findings.map(({ outcome }) => outcome))].sort(
    (a, b) => WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b),
  );
}

/** How many findings have each outcome, zeros included: a consumer need not know which may be absent. */
export function countOutcomes(findings: readonly Ended[]): Readonly<Record<Outcome, number>> {
  const counts = { ...NONE };
  for (const { outcome } of findings) counts[outcome] += 1;
  return counts;
}
