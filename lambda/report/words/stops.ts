import type { Finding } from '../../judge/finding';
import type { StopReason } from '../../judge/outcome';

export interface Stop {
  readonly stopped: StopReason;
  /** Whether it kept the whole run from writing, so that a subject names it; else it only cut off a part. */
  readonly ofRun: boolean;
  /** The repairs that were not tried for it. */
  readonly findings: readonly Finding[];
}

/** The gravest first. */
const REASONS: readonly (readonly [StopReason, ofRun: boolean])[] = [
  ['kill_switch', true],
  ['scope', true],
  ['history', true],
  ['lease', true],
  ['declined', true],
  ['failures', false],
  ['canary', false],
  ['time', false],
];

/** Why repairs were not tried, and which. */
export function stopsOf(findings: readonly Finding[]): readonly Stop[] {
  const left = findings.filter(({ outcome }) => outcome === 'skipped_stopped');
  return REASONS.map(([stopped, ofRun]) => ({
    stopped,
    ofRun,
    findings: left.filter((finding) => finding.stopped === stopped),
  })).filter((stop) => stop.findings.length > 0);
}
