import { isSettled } from '../../judge/outcome';
import type { Report } from '../../judge/report';

/** What the page's head is coloured by: the same three answers as the headline gives in words. */
export type VerdictColour = 'calm' | 'open' | 'alarming';

export function verdictOf({ complete, historyFailure, findings }: Report): VerdictColour {
  const open = findings.filter((finding) => !isSettled(finding));
  const isGrave = open.some(
    ({ severity, outcome }) =>
      severity === 'critical' || severity === 'high' || outcome === 'failed' || outcome === 'failed_verification',
  );
  if (!complete || historyFailure !== null || isGrave) return 'alarming';
  return open.length > 0 ? 'open' : 'calm';
}
