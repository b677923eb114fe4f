import type { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { EnvVarName } from '../lambda/contract';
import type { Environment } from './environment/environment';
import type { KillSwitch } from './kill-switch';
import type { MessageTopics } from './message-topics';
import type { RunHistory } from './run-history';

interface FunctionResources {
  readonly secret: ISecret | Secret;
  readonly topics: MessageTopics;
  readonly history: RunHistory;
  readonly killSwitch: KillSwitch;
}

/** Every variable that the function reads. */
export function variablesOf(
  environment: Environment,
  { secret, topics, history, killSwitch }: FunctionResources,
): Record<EnvVarName, string> {
  return {
    ENVIRONMENT_NAME: environment.name,
    AUTH0_DOMAIN: environment.domain,
    AUTH0_CANONICAL_DOMAIN: environment.canonicalDomain ?? '',
    AUDIT_MODE: environment.mode,
    SECRET_ARN: secret.secretArn,
    ALERTS_TOPIC_ARN: topics.alerts.topicArn,
    FINDINGS_TOPIC_ARN: topics.findings.topicArn,
    RATE_RESERVE_PERCENT: String(environment.rateReservePercent ?? 20),
    SCHEDULE_TIME_ZONE: environment.schedule.timeZone,
    HISTORY_BUCKET: history.bucket.bucketName,
    KILL_SWITCH_PARAMETER: killSwitch.parameter.parameterName,
    MAX_CHANGES: textOf(environment.caps?.maxChanges),
    MAX_PERCENT: textOf(environment.caps?.maxPercent),
    QUARANTINE_REPAIRS: textOf(environment.quarantine?.repairs),
    QUARANTINE_DAYS: textOf(environment.quarantine?.days),
    REMINDER_DAYS: textOf(environment.cadence?.reminderDays),
    WEEKLY_ALL_CLEAR: textOf(environment.cadence?.weeklyAllClear),
    NAME_PEOPLE: textOf(environment.namePeople),
    SECURITY_HUB: environment.securityHub ? 'import' : '',
  };
}

/** An empty text is how a variable says "not set". */
function textOf(value: number | boolean | undefined): string {
  return value === undefined ? '' : String(value);
}
