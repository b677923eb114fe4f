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

/** What only the reference says of public values that need no words in a message. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict['verdict'], string>> = {
  compliant: 'The setting is as the policy says.',
  noncompliant: 'The setting is not as the policy says.',
  not_applicable: 'The setting does not exist for this connection, or has no effect there.',
  indeterminate: 'The options could not be seen, so nothing is known. Never counted as compliant.',
};

export const SEVERITY_MEANINGS: Readonly<Record<Severity, string>> = {
  informational: 'A rule says so. Also every message about resolved findings.',
  low: 'Harms nobody today: the value is right and not written out.',
  medium: 'Profiles are overwritten or frozen, or nothing could be seen.',
  high: 'New users are not created, or Auth0 does not document the value.',
  critical: 'A rule says so.',
};

export const MODE_MEANINGS: Readonly<Record<Mode, string>> = {
  report: 'Reads the tenant and writes nothing.',
  remediate: 'Also repairs what the policy and the rails allow.',
};

export const LIFECYCLE_MEANINGS: Readonly<Record<MessageLifecycle, string>> = {
  new: 'No run of the last 90 days had this finding.',
  reopened: 'It was resolved before, and is back.',
  open: 'An earlier run had it already.',
  resolved: 'A finding of an earlier run that is none any more.',
};

export const REPAIR_MEANINGS: Readonly<Record<Repair['action'], string>> = {
  set: 'Writes the value.',
  remove: 'Removes the key: for some strategies that is how `on_each_login` is expressed.',
  manual: 'Needs a person, for a manual reason.',
};

export const MESSAGE_TYPE_MEANINGS: Readonly<Record<MessageType, string>> = {
  run_summary: 'One for each run; more only where its notices do not fit one message.',
  finding: 'Findings of one severity, one outcome and one lifecycle.',
  run_error: 'One for each incomplete run, beside its summary.',
  earlier_change: 'Changes by earlier runs and by people that machines were not told of before.',
};

interface AttributeMeaning {
  readonly meaning: string;
  /** All values there are; `null` where it is a text. */
  readonly values: readonly string[] | null;
}

/** The attributes of a message on the findings topic, for filter policies. */
export const ATTRIBUTE_MEANINGS: Readonly<Record<MessageAttributeName, AttributeMeaning>> = {
  schemaVersion: { meaning: 'Changes when a message changes in a way that breaks consumers.', values: null },
  messageType: { meaning: 'What the body holds.', values: keysOf(MESSAGE_TYPE_MEANINGS) },
  environment: { meaning: 'The name of the environment.', values: null },
  tenant: { meaning: "The tenant's domain as configured.", values: null },
  severity: {
    meaning:
      'Of all findings in the message; the worst of the run in a summary; `high` in a run error, and for earlier changes of which a connection has to be checked, else `informational`.',
    values: SEVERITIES,
  },
  mode: { meaning: 'The mode of the run.', values: MODES },
  outcome: {
    meaning:
      'Of all findings in the message; the worst of the run in a summary or run error. `none` for resolved findings, earlier changes, and a run without findings.',
    values: [...keysOf(OUTCOMES), 'none'],
  },
  lifecycle: {
    meaning: 'Of all findings in the message; `none` in the others.',
    values: [...keysOf(LIFECYCLES), 'resolved', 'none'],
  },
};

/** CloudWatch metrics, each with the dimensions `service` and `environment`. */
export const METRIC_MEANINGS: Readonly<Record<MetricName, string>> = {
  RunCompleted: '1 for a run that saw everything, was reported to everybody and kept; else 0.',
  RunOverdue: '1 while no complete run is younger than the schedule allows; else 0. Sent by the daily watch event.',
  ConnectionsJudged: 'Connections whose setting could be read.',
  Noncompliant: 'Connections that deviate from the policy.',
  Indeterminate: 'Connections that could not be judged.',
  FindingsCritical: 'Open findings of severity critical.',
  FindingsHigh: 'Open findings of severity high.',
  FindingsMedium: 'Open findings of severity medium.',
  FindingsLow: 'Open findings of severity low.',
  FindingsInformational: 'Open findings of severity informational.',
  OldestFindingDays: 'Days since the oldest open finding was first seen; 0 without one.',
  RepairsVerified: 'Repairs that were written and verified.',
  RepairsFailed: 'Repairs that failed.',
  RepairsFailedVerification: 'Repairs after which something else differed, or whose result is unknown.',
  RepairsConflicting: 'Repairs that were not written because the connection had changed since it was judged.',
  RepairsStopped: 'Repairs that were not written because the run was stopped: kill switch, caps, time and others.',
  RepairsQuarantined: 'Repairs that were not written because the connection is in quarantine.',
  RepairsHeld: 'Repairs that were not written because a person undid an earlier one.',
  RepairsManual: 'Findings that need a manual fix.',
  RepairsPlanned: 'Repairs that report mode would make in mode remediate.',
  Requests: 'Requests to Auth0, repeated ones included.',
  RateLimitedRequests: 'Requests that Auth0 refused with status 429.',
  RateLimitWait: 'Time for which requests waited for the rate limit, added up.',
  ConfirmedSubscribers: 'Confirmed subscriptions of the alerts topic, of any protocol.',
  SecretAgeDays: 'Days since the secret was last written. The function reads the secret when it needs a new token.',
  WritesStoppedDays: 'Days since the kill switch stopped writes; 0 where it allows them. Sent in mode remediate.',
  MemoryUsedPercent: "The most memory that the function's process has used so far, as a share of its memory size.",
};

/** A value of each condition of a match, for docs/policy.md. */
export const CONDITION_EXAMPLES: Conditions = {
  id: 'con_9dKKcib71UMRiHHW',
  strategy: ['samlp', 'oidc'],
  group: 'enterprise',
  name: 'partner-*',
  displayName: 'Acme *',
  metadata: { tier: ['gold', 'silver'] },
  isDomainConnection: true,
};
