import type { Outcome } from '../audit/outcome';
import type { Finding, Report } from '../audit/report';
import { isPermitted } from './alert-exempt';
import { type Chapter, writeFindings } from './alert-findings';

/** Outcomes that a section of their own tells. */
const TOLD: readonly Outcome[] = [
  'failed_verification',
  'failed',
  'remediated',
  'already_compliant',
  'gone',
  'quarantined',
  'held',
];
const BY_POLICY: readonly Outcome[] = ['skipped_rule', 'skipped_grace', 'skipped_exempt'];
const REFUSED: readonly Outcome[] = ['skipped_unsafe', 'skipped_conflict'];

/** What is still as it was, in full: what it means for users, which rule, where to look, and why it was not repaired. */
export function writeRemaining({ findings, mode }: Report): string[][] {
  const open = findings.filter((finding) => !isPermitted(finding));
  return writeFindings(mode === 'report' ? reported(open) : remediated(open));
}

/** A run that only reports tells everything that a run which writes could have done something about. */
function reported(open: readonly Finding[]): Chapter[] {
  return [{ heading: null, findings: open.filter(({ outcome }) => outcome !== 'quarantined' && outcome !== 'held') }];
}

function remediated(open: readonly Finding[]): Chapter[] {
  const left = open.filter(({ outcome }) => !TOLD.includes(outcome));
  const isRefused = ({ outcome }: Finding): boolean => REFUSED.includes(outcome);
  const isLeftByPolicy = ({ outcome }: Finding): boolean => BY_POLICY.includes(outcome);
  return [
    { heading: 'NOT FIXED', findings: left.filter((finding) => !isRefused(finding) && !isLeftByPolicy(finding)) },
    { heading: 'REFUSED, AND WHY', findings: left.filter(isRefused) },
    { heading: 'LEFT AS THE POLICY SAYS', findings: left.filter(isLeftByPolicy) },
  ];
}
