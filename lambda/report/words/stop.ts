import type { Finding } from '../../judge/finding';
import type { StopReason } from '../../judge/outcome';

export interface Stop {
  readonly stopped: StopReason;
  readonly ofRun: boolean;
  /** The repairs that were not tried for it. */
  readonly findings: readonly Finding[];
}

/** Why repairs were not tried, and which. */
export function stopsOf(findings: readonly Finding[]): readonly Stop[] {
  const left = findings.filter(({ outcome }) => outcome === 'skipped_stopped');
  const reasons = [...new Set(left.flatMap(({ stopped }) => stopped ?? []))].sort(
    (a, b) => GRAVEST_FIRST.indexOf(a) - GRAVEST_FIRST.indexOf(b),
  );
  return reasons.map((stopped) => ({
    stopped,
    ofRun: STOPS[stopped].ofRun,
    findings: left.filter((finding) => finding.stopped === stopped),
  }));
}

export function nameStop(stopped: StopReason): string {
  return STOPS[stopped].name;
}

export function explainStop(stopped: StopReason): string {
  return STOPS[stopped].explanation;
}

/** What a person does about it. */
export function remedyForStop(stopped: StopReason): string {
  return STOPS[stopped].remedy;
}

/** What is said of a reason to stop writing. */
interface StopWords {
  /** A few words, for a subject or a cell of 14 columns. */
  readonly name: string;
  readonly explanation: string;
  readonly remedy: string;
  /** Whether it kept the whole run from writing, so that a subject names it; else it only cut off a part. */
  readonly ofRun: boolean;
}

/** The gravest first. */
const STOPS: Readonly<Record<StopReason, StopWords>> = {
  kill_switch: {
    name: 'kill switch',
    explanation: 'The kill switch of this environment did not say "allow", or could not be read.',
    remedy:
      'Find out who set it, and why. If nobody did, see that the function may read the parameter. When it is safe, let the next run write:',
    ofRun: true,
  },
  scope: {
    name: 'scope missing',
    explanation: 'Nothing shows that the credentials may write.',
    remedy:
      'Grant update:connections and update:connections_options in the Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.',
    ofRun: true,
  },
  history: {
    name: 'history failed',
    explanation: 'The history could not be read or written, and nothing is written that could not be undone.',
    remedy: 'See below why, and put that right.',
    ofRun: true,
  },
  lease: {
    name: 'another run',
    explanation: 'Another run was writing to this tenant, or one that was cut still holds the lease.',
    remedy: 'See what that run tells. A lease of a run that was cut ends by itself; the next run goes on from there.',
    ofRun: true,
  },
  declined: {
    name: 'declined',
    explanation: 'The person who was asked did not allow it.',
    remedy: 'Nothing, if that was meant.',
    ofRun: true,
  },
  failures: {
    name: 'others failed',
    explanation: 'Repairs failed, so that no more were tried.',
    remedy: 'Put right first what failed; the next run tries the others.',
    ofRun: false,
  },
  canary: {
    name: 'canary failed',
    explanation: 'The first repair of this strategy failed, so that the others were not tried.',
    remedy: 'Put right first what failed; the next run tries the others.',
    ofRun: false,
  },
  time: {
    name: 'out of time',
    explanation: 'Time was up before its turn came.',
    remedy: 'The next run goes on from there.',
    ofRun: false,
  },
};
const GRAVEST_FIRST = Object.keys(STOPS);
