import { keysOf } from '../lambda/connection/tables';
import type { MessageAttributeName, MessageType, Mode, Severity } from '../lambda/contract';
import { MODES, SEVERITIES } from '../lambda/contract';
import type { Verdict } from '../lambda/judge/evaluate';
import { LIFECYCLES } from '../lambda/judge/finding';
import { OUTCOMES } from '../lambda/judge/outcome';
import type { Repair } from '../lambda/judge/repair';
import type { MetricName } from '../lambda/metrics';
import type { Conditions } from '../lambda/policy/conditions';
import type { MessageLifecycle } from '../lambda/report/machine/message-head';

/** The meanings of public values that no message explains. Only the reference shows them. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict['verdict'], string>> = {
  compliant: 'The setting has a value that the policy expects.',
  noncompliant: 'The setting violates the policy.',
  not_applicable: 'The setting does not exist for this connection, or has no effect there.',
  indeterminate: 'The options could not be read, so the setting is unknown. Never counted as compliant.',
};

export const SEVERITY_MEANINGS: Readonly<Record<Severity, string>> = {
  informational: 'Set by a rule. Also the severity of messages about resolved findings.',
  low: 'No effect on users today: the value is correct, but not set explicitly.',
  medium: 'Profiles are overwritten or no longer updated, or the options could not be read.',
  high: 'New users are not created, or Auth0 does not document the value.',
  critical: 'Set by a rule.',
};

export const MODE_MEANINGS: Readonly<Record<Mode, string>> = {
  report: 'Reads the tenant and writes nothing.',
  remediate: 'Reads the tenant, and makes the repairs that the policy and the safeguards allow.',
};

export const LIFECYCLE_MEANINGS: Readonly<Record<MessageLifecycle, string>> = {
  new: 'No run of the last 90 days had this finding.',
  reopened: 'The finding was resolved before, and occurs again.',
  open: 'An earlier run already had this finding.',
  resolved: 'The finding of an earlier run no longer exists.',
};

export const REPAIR_MEANINGS: Readonly<Record<Repair['action'], string>> = {
  set: 'Writes the value.',
  remove: 'Removes the key. For some strategies an absent key means `on_each_login`.',
  manual: 'Needs a manual fix. The manual reason states why.',
};

export const MESSAGE_TYPE_MEANINGS: Readonly<Record<MessageType, string>> = {
  run_summary: 'One message for each run; several only if its notices do not fit one message.',
  finding: 'Findings of one severity, one outcome and one lifecycle.',
  run_error: 'One message for each incomplete run, in addition to its summary.',
  earlier_change: 'Changes by earlier runs and by operators that were not in an earlier message on this topic.',
};

interface AttributeMeaning {
  readonly meaning: string;
  /** All possible values; `null` if the value is free text. */
  readonly values: readonly string[] | null;
}

/** The attributes of a message on the findings topic, for filter policies. */
export const ATTRIBUTE_MEANINGS: Readonly<Record<MessageAttributeName, AttributeMeaning>> = {
  schemaVersion: { meaning: 'Changes when a message changes in a way that breaks consumers.', values: null },
  messageType: { meaning: 'The type of the body.', values: keysOf(MESSAGE_TYPE_MEANINGS) },
  environment: { meaning: 'The name of the environment.', values: null },
  tenant: { meaning: "The tenant's domain as configured.", values: null },
  severity: {
    meaning:
      'The severity of all findings in the message. In a summary: the highest severity of the run. In a run error: `high`. For earlier changes: `high` if an operator should check a connection, otherwise `informational`.',
    values: SEVERITIES,
  },
  mode: { meaning: 'The mode of the run.', values: MODES },
  outcome: {
    meaning:
      'The outcome of all findings in the message. In a summary or run error: the most severe outcome of the run. `none` for resolved findings, earlier changes, and a run without findings.',
    values: [...keysOf(OUTCOMES), 'none'],
  },
  lifecycle: {
    meaning: 'The lifecycle of all findings in the message; `none` in other messages.',
    values: [...keysOf(LIFECYCLES), 'resolved', 'none'],
  },
};

/** CloudWatch metrics, each with the dimensions `service` and `environment`. */
export const METRIC_MEANINGS: Readonly<Record<MetricName, string>> = {
  RunCompleted: '1 for a run that read everything, was fully reported and was recorded; otherwise 0.',
  RunOverdue:
    '1 while the latest complete run is older than the schedule allows, or there is none; otherwise 0. Sent by the daily watch event.',
  ConnectionsJudged: 'Connections whose setting could be read.',
  Noncompliant: 'Connections that violate the policy.',
  Indeterminate: 'Connections that could not be judged.',
  FindingsCritical: 'Open findings of severity critical.',
  FindingsHigh: 'Open findings of severity high.',
  FindingsMedium: 'Open findings of severity medium.',
  FindingsLow: 'Open findings of severity low.',
  FindingsInformational: 'Open findings of severity informational.',
  OldestFindingDays: 'Days since the oldest open finding was first seen; 0 without one.',
  RepairsVerified: 'Repairs that were written and verified.',
  RepairsFailed: 'Repairs that failed.',
  RepairsFailedVerification: 'Repairs after which another option differed, or whose result is unknown.',
  RepairsConflicting: 'Repairs that were not written because the connection had changed since it was judged.',
  RepairsStopped: 'Repairs that were not written because the run was stopped: kill switch, caps, time and others.',
  RepairsQuarantined: 'Repairs that were not written because the connection is in quarantine.',
  RepairsHeld: 'Repairs that were not written because an operator undid an earlier repair.',
  RepairsManual: 'Findings that need a manual fix.',
  RepairsPlanned: 'Repairs that the run only planned: remediate mode would make them.',
  Requests: 'Requests to Auth0, including repeated requests.',
  RateLimitedRequests: 'Requests that Auth0 refused with status 429.',
  RateLimitWait: 'Total time that requests waited for the rate limit.',
  ConfirmedSubscribers: 'Confirmed subscriptions of the alerts topic, of any protocol.',
  SecretAgeDays: 'Days since the secret was last written. The function reads the secret when it needs a new token.',
  WritesStoppedDays: 'Days since the kill switch stopped writes; 0 if it allows writes. Sent in remediate mode.',
  MemoryUsedPercent: "The most memory that the function's process has used so far, as a share of its memory size.",
};

/** An example value for each condition of a match, for docs/policy.md. */
export const CONDITION_EXAMPLES: Conditions = {
  id: 'con_9dKKcib71UMRiHHW',
  strategy: ['samlp', 'oidc'],
  group: 'enterprise',
  name: 'partner-*',
  displayName: 'Acme *',
  metadata: { tier: ['gold', 'silver'] },
  isDomainConnection: true,
};
