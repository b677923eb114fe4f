import { type ProblemFacts, problemsOf } from '../../lambda/policy/problem';

/** What the linter says of an environment beside its policy. Codes are public: a pipeline may match on them. */
export const ENVIRONMENT_PROBLEMS = {
  NO_ENVIRONMENT: { severity: 'error', meaning: 'A file in the folder of environments exports none.' },
  NAME_IS_NOT_FILE: { severity: 'error', meaning: 'The `name` of an environment is not the name of its file.' },
  DUPLICATE_NAME: { severity: 'error', meaning: 'Two environments have the same name.' },
  UNKNOWN_TIME_ZONE: { severity: 'error', meaning: 'The time zone is not a name of the tz database (IANA).' },
  BAD_CRON: { severity: 'error', meaning: 'EventBridge Scheduler does not accept this cron expression.' },
  NEVER_FIRES: { severity: 'error', meaning: 'The schedule starts no run for a year or more.' },
  LONG_GAP: { severity: 'error', meaning: 'The time between two runs is longer than a month.' },
  SKIPPED_TIME: { severity: 'warning', meaning: 'A change of the clocks skips a run.' },
  SCHEDULE_PAUSED: {
    severity: 'warning',
    meaning: 'The schedule is off: no run starts, and nobody is told that none completes.',
  },
  NO_CAPS: { severity: 'error', meaning: 'Mode `remediate` needs caps.' },
  CAPS_ALLOW_NOTHING: { severity: 'error', meaning: 'Mode `remediate` with a cap of 0 can repair nothing.' },
  TENANT_REMEDIATED_TWICE: { severity: 'error', meaning: 'Two environments repair the same tenant.' },
  EXPECTATIONS_DIFFER: { severity: 'warning', meaning: 'Two environments expect different values of the same tenant.' },
  NO_RECIPIENTS: { severity: 'warning', meaning: 'Nobody receives alerts.' },
  NO_CANONICAL_DOMAIN: {
    severity: 'warning',
    meaning: 'The domain is not one of Auth0, and `canonicalDomain` does not name the one that is.',
  },
  SECRET_OF_TWO_TENANTS: {
    severity: 'error',
    meaning: 'Two environments with different tenants name one secret.',
  },
  KEY_WITHOUT_TOPIC: {
    severity: 'error',
    meaning: '`existingAlertsTopicKeyArn` names the key of a topic that `existingAlertsTopicArn` does not name.',
  },
  NO_SECOND_WAY: {
    severity: 'warning',
    meaning:
      '`alarmsTopicArn` is the topic of the alerts, so what keeps alerts from people keeps alarms from them too.',
  },
  NO_ALARM_RECIPIENTS: { severity: 'warning', meaning: '`alarmRecipients` is empty: nobody receives alarms.' },
  RETENTION_IGNORED: {
    severity: 'warning',
    meaning: 'The history bucket exists already, and `historyRetentionDays` changes nothing of it.',
  },
  OTHER_REGION: { severity: 'error', meaning: 'An existing secret, topic or key is of another region than the stack.' },
  OTHER_PARTITION: {
    severity: 'error',
    meaning: 'An ARN is of another partition (`aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`) than the region.',
  },
  OTHER_ACCOUNT: {
    severity: 'warning',
    meaning: 'The secret is of another account, and the stack does not grant what reading it needs.',
  },
  NO_CHAT_SERVICE: { severity: 'error', meaning: '`chat` in a region of a partition that has no such service.' },
  NO_TENANT: { severity: 'warning', meaning: 'The domain is still the placeholder, or one of an example.' },
  EXAMPLE_DOMAIN: {
    severity: 'warning',
    meaning: 'A recipient or `docsUrl` is of a domain that is reserved for examples (RFC 2606).',
  },
} as const satisfies Readonly<Record<string, ProblemFacts>>;
export type EnvironmentProblemCode = keyof typeof ENVIRONMENT_PROBLEMS;

/** A problem of an environment. */
export const environmentProblem = problemsOf(ENVIRONMENT_PROBLEMS);
