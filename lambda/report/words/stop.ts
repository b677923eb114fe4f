import { keysOf } from '../../connection/tables';
import type { Finding } from '../../judge/finding';
import { STOP_REASONS, type StopReason } from '../../judge/outcome';
import type { ValueWords } from './value-words';

export interface Stop {
  readonly stopped: StopReason;
  readonly isOfRun: boolean;
  /** The repairs that were not tried for this reason. */
  readonly findings: readonly Finding[];
}

/** The reasons why repairs were not tried, with these repairs; most severe first. */
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

/** What an operator does about it. */
export function remedyForStop(stopped: StopReason): string {
  return STOP_WORDS[stopped].remedy;
}

/** The texts of each reason to stop writing. */
export const STOP_WORDS: Readonly<Record<StopReason, ValueWords>> = {
  kill_switch: {
    name: 'kill switch',
    explanation: 'The kill switch of this environment is not set to "allow".',
    remedy: 'Find out who set the kill switch, and why. When it is safe, set it to allow.',
  },
  kill_switch_unreadable: {
    name: 'switch unread',
    explanation: 'The kill switch of this environment could not be read, so it is unknown whether writes are allowed.',
    remedy:
      'Check that its SSM parameter exists and that the function or the operator is allowed to read it (ssm:GetParameter).',
  },
  scope: {
    name: 'scope missing',
    explanation: 'It is not proven that the credentials are allowed to write.',
    remedy:
      'Grant update:connections and update:connections_options in the Dashboard: Applications > APIs > Auth0 Management API > Machine to Machine Applications.',
  },
  tenant_refused: {
    name: 'tenant refuses',
    explanation: 'Auth0 refused a write for a reason that applies to the whole tenant.',
    remedy: "Read Auth0's message at the failed repair: a scope or the tenant's plan does not allow the write.",
  },
  history: {
    name: 'history failed',
    explanation:
      'The history could not be read or written. Without the history a write could not be undone, so nothing is written.',
    remedy: 'First fix the cause that the message states.',
  },
  lease: {
    name: 'another run',
    explanation: 'Another run was writing to this tenant, or a run that ended abnormally still has the lease.',
    remedy:
      'Usually nothing: when the lease of that run expires, the next run reports its writes and continues. The command unlock shows which run has the lease, and can end the lease.',
  },
  first_run: {
    name: 'first run',
    explanation:
      'This history has no earlier run of this tenant, so holds and quarantines are unknown. A first run only reports.',
    remedy:
      'If this is the first run, do nothing: the next run makes the repairs. If it is not the first run, find out why the history is missing.',
  },
  declined: {
    name: 'declined',
    explanation: 'The operator declined the writes.',
    remedy: 'Nothing, if this was intended.',
  },
  not_asked: {
    name: 'not confirmed',
    explanation: 'There was no terminal to ask for confirmation, and --yes was not set.',
    remedy: 'Run the command in a terminal, or with --yes.',
  },
  failures: {
    name: 'after failures',
    explanation: 'Repairs failed, so the auditor did not try the remaining repairs.',
    remedy: 'First fix the failed repairs. The next run tries the remaining repairs.',
  },
  canary: {
    name: 'canary failed',
    explanation:
      'The first repair of this strategy (the canary) failed, so the auditor did not try the other repairs of the strategy.',
    remedy: 'First fix the failed repairs. The next run tries the remaining repairs.',
  },
  refusals: {
    name: 'after refusals',
    explanation:
      'Auth0 refused three repairs of this strategy, so the auditor did not try the remaining repairs of the strategy.',
    remedy:
      "Read Auth0's message at each failed repair, and fix these connections. The next run starts with the other connections.",
  },
  time: {
    name: 'out of time',
    explanation: 'The run reached its time limit before all repairs were made.',
    remedy: 'The next run continues with the remaining repairs.',
  },
  interrupted: {
    name: 'interrupted',
    explanation: 'An operator interrupted the run before all repairs were made.',
    remedy: 'Run the audit again. The next run makes the remaining repairs.',
  },
};
