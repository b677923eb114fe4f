import { type ProblemFacts, problemsOf } from '../../lambda/policy/problem';

/** The problems of an environment that the linter reports, without its policy. Codes are public: a pipeline can match them. */
export const ENVIRONMENT_PROBLEMS = {
  NO_ENVIRONMENT: { severity: 'error', meaning: 'A file in the folder of environments exports no environment.' },
  NAME_IS_NOT_FILE: { severity: 'error', meaning: 'The `name` of an environment is not the name of its file.' },
  DUPLICATE_NAME: { severity: 'error', meaning: 'Two environments have the same name.' },
  UNKNOWN_TIME_ZONE: { severity: 'error', meaning: 'The time zone is not a name of the tz database (IANA).' },
  BAD_CRON: { severity: 'error', meaning: 'EventBridge Scheduler does not accept the cron expression.' },
  NEVER_FIRES: { severity: 'error', meaning: 'The schedule starts no run for a year or more.' },
  LONG_GAP: { severity: 'error', meaning: 'The time between two runs is longer than a month.' },
  SKIPPED_TIME: { severity: 'warning', meaning: 'A clock change skips a run.' },
  SCHEDULE_PAUSED: {
    severity: 'warning',
    meaning: 'The schedule is paused: no run starts, and no alarm reports missing runs.',
  },
  NO_CAPS: { severity: 'error', meaning: 'Mode `remediate` needs caps.' },
  CAPS_ALLOW_NOTHING: { severity: 'error', meaning: 'A cap of 0 allows no repair in mode `remediate`.' },
  TENANT_REMEDIATED_TWICE: { severity: 'error', meaning: 'Two environments repair the same tenant.' },
  EXPECTATIONS_DIFFER: { severity: 'warning', meaning: 'Two environments expect different values of the same tenant.' },
  NO_RECIPIENTS: { severity: 'warning', meaning: 'No one receives alerts.' },
  NO_CANONICAL_DOMAIN: {
    severity: 'warning',
    meaning: "The domain is not under auth0.com, and `canonicalDomain` is not the tenant's own domain.",
  },
  SECRET_OF_TWO_TENANTS: {
    severity: 'error',
    meaning: 'Two environments with different tenants name the same secret.',
  },
  KEY_WITHOUT_TOPIC: {
    severity: 'error',
    meaning: '`existingAlertsTopicKeyArn` names the key of a topic, but `existingAlertsTopicArn` is not set.',
  },
  NO_SECOND_WAY: {
    severity: 'warning',
    meaning:
      '`alarmsTopicArn` is the topic of the alerts. A failure of this topic stops alerts and alarms at the same time.',
  },
  NO_ALARM_RECIPIENTS: { severity: 'warning', meaning: '`alarmRecipients` is empty: no one receives alarms.' },
  RETENTION_IGNORED: {
    severity: 'warning',
    meaning: '`historyRetentionDays` has no effect on an existing history bucket.',
  },
  OTHER_REGION: { severity: 'error', meaning: 'An existing secret, topic or key is in another region than the stack.' },
  OTHER_PARTITION: {
    severity: 'error',
    meaning: 'An ARN is in another partition (`aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`) than the region.',
  },
  OTHER_ACCOUNT: {
    severity: 'warning',
    meaning: 'The secret is in another account, and the stack does not grant the rights to read it.',
  },
  NO_CHAT_SERVICE: {
    severity: 'error',
    meaning: '`chat` is set, but the partition of the region has no service for chat channels.',
  },
  NO_TENANT: { severity: 'warning', meaning: 'The domain is still the placeholder, or an example domain.' },
  EXAMPLE_DOMAIN: {
    severity: 'warning',
    meaning: 'A recipient or `docsUrl` uses a domain that is reserved for examples (RFC 2606).',
  },
} as const satisfies Readonly<Record<string, ProblemFacts>>;
export type EnvironmentProblemCode = keyof typeof ENVIRONMENT_PROBLEMS;

/** A problem of an environment. */
export const environmentProblem = problemsOf(ENVIRONMENT_PROBLEMS);
