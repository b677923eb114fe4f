import type { EnvVarName } from '../lambda/contract';
import type { ConnectionAuditor, ConnectionAuditorProps } from './connection-auditor';

type Surroundings = Pick<ConnectionAuditor, 'secret' | 'topics' | 'history' | 'killSwitch'>;

/** Every variable that the function reads. */
export function variablesOf(
  props: ConnectionAuditorProps,
  { secret, topics, history, killSwitch }: Surroundings,
): Record<EnvVarName, string> {
  return {
    ENVIRONMENT_NAME: props.name,
    AUTH0_DOMAIN: props.domain,
    AUTH0_CANONICAL_DOMAIN: props.canonicalDomain ?? '',
    AUDIT_MODE: props.mode,
    SECRET_ARN: secret.secretArn,
    ALERTS_TOPIC_ARN: topics.alerts.topicArn,
    FINDINGS_TOPIC_ARN: topics.findings.topicArn,
    RATE_RESERVE_PERCENT: String(props.rateReservePercent ?? 20),
    SCHEDULE_TIME_ZONE: props.schedule.timeZone,
    HISTORY_BUCKET: history.bucket.bucketName,
    KILL_SWITCH_PARAMETER: killSwitch.parameter.parameterName,
    MAX_CHANGES: textOf(props.caps?.maxChanges),
    MAX_PERCENT: textOf(props.caps?.maxPercent),
    QUARANTINE_REPAIRS: textOf(props.quarantine?.repairs),
    QUARANTINE_DAYS: textOf(props.quarantine?.days),
    REMINDER_DAYS: textOf(props.cadence?.reminderDays),
    WEEKLY_ALL_CLEAR: textOf(props.cadence?.weeklyAllClear),
    NAME_PEOPLE: textOf(props.namePeople),
    SECURITY_HUB: props.securityHub ? 'import' : '',
  };
}

/** An empty text is how a variable says "not set". */
function textOf(value: number | boolean | undefined): string {
  return value === undefined ? '' : String(value);
}
