/**
 * What the stack and the function promise each other: names that one side writes and the other reads.
 * This file imports nothing, so that both can import it.
 */

/** The name by which we are known: Powertools service, User-Agent, product in exports. */
export const SERVICE = 'auth0-connection-auditor';

/** Whether a run may write. The command line takes `report` where none is given. */
export const MODES = ['report', 'remediate'] as const;
export type Mode = (typeof MODES)[number];

/** A connection that we repaired this often in so many days is not written again: something keeps setting it back. */
export interface Quarantine {
  readonly repairs: number;
  readonly days: number;
}

/** When a run without news says something all the same. */
export interface Cadence {
  /** Days between reminders of what stays open. */
  readonly reminderDays: number;
  /** Whether a week without a message ends with a short all-clear. */
  readonly weeklyAllClear: boolean;
}

/** Policy and settings travel as these files, at the root of the code asset: 4 KB of variables would not hold them. */
export const POLICY_FILE = 'policy.json';
export const SETTINGS_FILE = 'settings.json';

/** The function's variables that name what the stack created: no file can hold them, CloudFormation fills them in. */
export const RESOURCE_VARIABLES = [
  'SECRET_ARN',
  'ALERTS_TOPIC_ARN',
  // The same as the one before where alarms go over the topic of the alerts.
  'ALARMS_TOPIC_ARN',
  'FINDINGS_TOPIC_ARN',
  'HISTORY_BUCKET',
  'KILL_SWITCH_PARAMETER',
  'STACK_NAME',
] as const;
export type Resources = Readonly<Record<(typeof RESOURCE_VARIABLES)[number], string>>;

/**
 * The function's variables that repeat its files, so that `cdk diff` shows what decides on writing. An empty string
 * means "not set". The function refuses to run where one differs from its files.
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

/** How people start the command line: with the scripts of this repository, or as the package that a project has installed. */
export const LAUNCHER_NAMES = ['repository', 'package'] as const;
export type Launcher = (typeof LAUNCHER_NAMES)[number];
/** Where nothing says how: in a function that an earlier version deployed. */
export const USUAL_LAUNCHER: Launcher = 'repository';
/** The folder of the documents, from where they start it. */
export const DOCS_FOLDERS = {
  repository: 'docs',
  package: 'node_modules/auth0-connection-auditor/docs',
} as const satisfies Readonly<Record<Launcher, string>>;
/** The function's variable with one of these names, as which it prints commands. */
export const LAUNCHER_VARIABLE = 'LAUNCHER';

/** The outputs of the stack by which the command line finds what belongs to an environment. */
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
 * The alarms, by the end of their names. The names are public, and each is the name of its article in docs/runbook.md.
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

/** What CloudWatch names an alarm of an environment: at most 255 characters, of which this takes 80. */
export function alarmNameOf(environment: string, alarm: AlarmName): string {
  return `${SERVICE}-${environment}-${alarm}`;
}

/** Every variable that the stack sets and the function reads. */
export const VARIABLES = [...RESOURCE_VARIABLES, ...VISIBLE_VARIABLES, LAUNCHER_VARIABLE] as const;
export type EnvVarName = (typeof VARIABLES)[number];

/**
 * What the secret holds until a person fills it. Frozen: CloudFormation would write a changed text over a live value.
 * A run that reads `REPLACE_ME` in either field makes no request to Auth0.
 */
export const SECRET_PLACEHOLDER_VALUE = 'REPLACE_ME';
export const SECRET_PLACEHOLDER = '{"client_id":"REPLACE_ME","client_secret":"REPLACE_ME"}';

/** The SSM parameter that stops the writes of an environment without a deploy. Only `allow` lets a run write. */
export function killSwitchParameter(environment: string): string {
  return `/${SERVICE}/${environment}/writes`;
}
export const KILL_SWITCH_VALUES = ['allow', 'stop'] as const;
/** What the kill switch says. Only `allow` lets a run write. */
export type WriteSwitch = (typeof KILL_SWITCH_VALUES)[number] | 'unreadable';

/** The member of an event that names the scheduled time of the run; an event sent by hand has none. */
export const EVENT_TIME = 'scheduledTime';

/** The member of an event that only asks whether a run is overdue: nothing is audited, claimed or written. */
export const EVENT_WATCH = 'watch';

/** Version of the JSON on the findings topic; it changes when a consumer would have to. */
export const SCHEMA_VERSION = '2';

/** One message type per message on the findings topic, so that filter policies stay true. */
export type MessageType = 'run_summary' | 'finding' | 'run_error' | 'earlier_change';

export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Attributes of a message on the findings topic. SNS drops raw deliveries with more than 10: we keep to 8. */
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
