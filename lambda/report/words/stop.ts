import { keysOf } from '../../connection/tables';
import type { Finding } from '../../judge/finding';
import { STOP_REASONS, type StopReason } from '../../judge/outcome';
import type { ValueWords } from './value-words';

export interface Stop {
  readonly stopped: StopReason;
  readonly isOfRun: boolean;
  /** The repairs that were not tried for it. */
  readonly findings: readonly Finding[];
}

/** Why repairs were not tried, and which; the gravest reason first. */
export function stopsOf(findings: readonly Finding[]): readonly Stop[] {
  const left = findings.filter(({ outcome }) => outcome === 'skipped_stopped');
  const reasons = keysOf(STOP_REASONS).filter((reason) => left.some(({ stopped }) => stopped === reason));
  return reasons.map((stopped) => ({
    stopped,
    isOfRun: STOP_REASONS[stopped].isOfRun,
    findings: left.filter((finding) => finding.stopped === stopped),
  }));
}

export function nameStop(stopped: StopReason): string {
  return STOP_WORDS[stopped].name;
}

export function explainStop(stopped: StopReason): string {
  return STOP_WORDS[stopped].explanation;
}

/** What a person does about it. */
export function remedyForStop(stopped: StopReason): string {
  return STOP_WORDS[stopped].remedy;
}

/** What is said of each reason to stop writing. */
export const STOP_WORDS: Readonly<Record<StopReason, ValueWords>> = {
  kill_switch: {
    name: 'kill switch',
    explanation: 'The kill switch of this environment is not set to "allow".',
    remedy: 'Find out who set it, and why. When it is safe, set it to allow.',
  },
  kill_switch_unreadable: {
    name: 'switch unread',
    explanation: 'The kill switch of this environment could not be read, so nobody knows whether writes are allowed.',
    remedy: 'Check that its SSM parameter exists and that the function or person may read it (ssm:GetParameter).',
  },
  scope: {
    name: 'scope missing',
    explanation: 'Nothing shows that the credentials may write.',
    remedy:
      'Grant update:connections and update:connections_options in the Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.',
  },
  tenant_refused: {
    name: 'tenant refuses',
    explanation: 'Auth0 refused a write in words that hold for the whole tenant.',
    remedy: "Read Auth0's words at the repair that failed: a scope or the tenant's plan does not allow it.",
  },
  history: {
    name: 'history failed',
    explanation: 'The history could not be read or written, and nothing is written that could not be undone.',
    remedy: 'The message says why. Fix that first.',
  },
  lease: {
    name: 'another run',
    explanation: 'Another run was writing to this tenant, or one that was cut still holds the lease.',
    remedy:
      'Usually nothing: when the time of that run is over, the next run reports what it wrote and continues. The command unlock shows which run holds the lease, and can end it.',
  },
  first_run: {
    name: 'first run',
    explanation:
      'This history has no earlier run of this tenant, so holds and quarantine are not known. A first run only reports.',
    remedy: 'Nothing, if this is the first run: the next run repairs. Otherwise find out where the history went.',
  },
  declined: {
    name: 'declined',
    explanation: 'The person who was asked did not allow it.',
    remedy: 'Nothing, if that was meant.',
  },
  not_asked: {
    name: 'nobody asked',
    explanation: 'There was no terminal to ask a person in, and --yes was not given.',
    remedy: 'Run it in a terminal, or with --yes.',
  },
  failures: {
    name: 'after failures',
    explanation: 'Repairs failed, so that no more were tried.',
    remedy: 'First fix what failed; the next run tries the others.',
  },
  canary: {
    name: 'canary failed',
    explanation: 'The first repair of this strategy failed, so that the others were not tried.',
    remedy: 'First fix what failed; the next run tries the others.',
  },
  refusals: {
    name: 'after refusals',
    explanation: 'Auth0 refused three repairs of this strategy, so that no more were tried.',
    remedy:
      "Read Auth0's words at the repairs that failed, and fix these connections. The next run begins with the others.",
  },
  time: {
    name: 'out of time',
    explanation: 'Time was up before its turn came.',
    remedy: 'The next run goes on from there.',
  },
  interrupted: {
    name: 'interrupted',
    explanation: 'A person ended the run before its turn came.',
    remedy: 'Run it again; the next run continues from there.',
  },
};
