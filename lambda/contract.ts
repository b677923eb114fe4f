/**
 * The contract between the stack and the function: names that one side writes and the other reads. This file imports
 * nothing, so that both sides can import it.
 */

/** The name of this product: Powertools service, User-Agent, product in exports. */
export const SERVICE = 'auth0-connection-auditor';

/** Whether a run is allowed to write. The default of the command line is `report`. */
export const MODES = ['report', 'remediate'] as const;
export type Mode = (typeof MODES)[number];

/**
 * A connection that was repaired `repairs` times in `days` days is not written to again: something keeps changing it.
 */
export interface Quarantine {
  readonly repairs: number;
  readonly days: number;
}

/** When a run without news still sends a message. */
export interface Cadence {
  /** Days between reminders of open findings. */
  readonly reminderDays: number;
  /** Whether a short all-clear is sent after a week without a message. */
  readonly weeklyAllClear: boolean;
}

/**
 * Policy and settings are deployed as these files, at the root of the code asset: they do not fit into 4 KB of
 * variables.
 */
export const POLICY_FILE = 'policy.json';
export const SETTINGS_FILE = 'settings.json';

/**
 * The function's variables that name what the stack created: no file can contain these names, because CloudFormation
 * fills them in.
 */
export const RESOURCE_VARIABLES = [
  'SECRET_ARN',
  'ALERTS_TOPIC_ARN',
  // The same as ALERTS_TOPIC_ARN if alarms use the topic of the alerts.
  'ALARMS_TOPIC_ARN',
  'FINDINGS_TOPIC_ARN',
  'HISTORY_BUCKET',
  'KILL_SWITCH_PARAMETER',
  'STACK_NAME',
] as const;
export type Resources = Readonly<Record<(typeof RESOURCE_VARIABLES)[number], string>>;

/**
 * The function's variables that repeat its files, so that `cdk diff` shows the values that decide on writing. An empty
 * string means "not set". The function refuses to run if a variable differs from its files.
 */
export const VISIBLE_VARIABLES = [
  'AUDIT_MODE',
  'AUTH0_DOMAIN',
  'AUTH0_CANONICAL_DOMAIN',
  'MAX_CHANGES',
  'MAX_PERCENT',
  'QUARANTINE_REPAIRS',
  'QUARANTINE_DAYS',
  'POLICY_FINGERPRINT',
  'SETTINGS_FINGERPRINT',
] as const;
export type VisibleVariables = Readonly<Record<(typeof VISIBLE_VARIABLES)[number], string>>;

/**
 * How operators start the command line: with the scripts of this repository, or as a package that a project has
 * installed.
 */
export const LAUNCHER_NAMES = ['repository', 'package'] as const;
export type Launcher = (typeof LAUNCHER_NAMES)[number];
/** The default: a function that an earlier version deployed has no such variable. */
export const USUAL_LAUNCHER: Launcher = 'repository';
/** The folder of the documents, seen from where the operator starts the command line. */
export const DOCS_FOLDERS = {
  repository: 'docs',
  package: 'node_modules/auth0-connection-auditor/docs',
} as const satisfies Readonly<Record<Launcher, string>>;
/** The function's variable that contains one of these names and decides how the function prints commands. */
export const LAUNCHER_VARIABLE = 'LAUNCHER';

/** The outputs of the stack that the command line uses to find the resources of an environment. */
export const STACK_OUTPUTS = {
  secret: 'SecretArn',
  history: 'HistoryBucket',
  alerts: 'AlertsTopicArn',
  alarms: 'AlarmsTopicArn',
  findings: 'FindingsTopicArn',
  function: 'FunctionName',
  killSwitch: 'KillSwitchParameter',
  alarm: 'RunFailedAlarm',
} as const;

/**
 * The alarms, by the end of their names. The names are public, and each is the name of an article in docs/runbook.md.
 */
export const ALARM_NAMES = [
  'run-failed',
  'no-completed-run',
  'still-no-completed-run',
  'not-delivered',
  'throttled',
  'near-time-limit',
  'near-memory-limit',
  'failed-run-lost',
  'alert-undelivered',
  'old-credentials',
  'writes-stopped',
] as const;
export type AlarmName = (typeof ALARM_NAMES)[number];

/** The name of an alarm in CloudWatch: at most 255 characters are allowed, and this uses at most 80. */
export function alarmNameOf(environment: string, alarm: AlarmName): string {
  return `${SERVICE}-${environment}-${alarm}`;
}

/** Every variable that the stack sets and the function reads. */
export const VARIABLES = [...RESOURCE_VARIABLES, ...VISIBLE_VARIABLES, LAUNCHER_VARIABLE] as const;
export type EnvVarName = (typeof VARIABLES)[number];

/**
 * The content of the secret until an operator fills it. Frozen: CloudFormation would replace a live value with a
 * changed text. A run that reads `REPLACE_ME` in any of its fields for credentials makes no request to Auth0.
 */
export const SECRET_PLACEHOLDER_VALUE = 'REPLACE_ME';
export const SECRET_PLACEHOLDER = '{"client_id":"REPLACE_ME","client_secret":"REPLACE_ME"}';

/** The SSM parameter that stops the writes of an environment without a deploy. Only `allow` allows a run to write. */
export function killSwitchParameter(environment: string): string {
  return `/${SERVICE}/${environment}/writes`;
}
export const KILL_SWITCH_VALUES = ['allow', 'stop'] as const;
/** The value of the kill switch. Only `allow` allows a run to write. */
export type WriteSwitch = (typeof KILL_SWITCH_VALUES)[number] | 'unreadable';

/** The member of an event that contains the scheduled time of the run; an event that was sent manually has none. */
export const EVENT_TIME = 'scheduledTime';

/** The member of an event that only asks whether a run is overdue: nothing is audited, claimed or written. */
export const EVENT_WATCH = 'watch';

/** Version of the JSON on the findings topic; it changes when a consumer must change. */
export const SCHEMA_VERSION = '2';

/** Each message on the findings topic has one message type, so that filter policies stay correct. */
export type MessageType = 'run_summary' | 'finding' | 'run_error' | 'earlier_change';

export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Attributes of a message on the findings topic. SNS drops raw deliveries with more than 10; this auditor uses at most
 * 8.
 */
export const MESSAGE_ATTRIBUTES = [
  'schemaVersion',
  'messageType',
  'environment',
  'tenant',
  'severity',
  'mode',
  'outcome',
  'lifecycle',
] as const;
export type MessageAttributeName = (typeof MESSAGE_ATTRIBUTES)[number];
