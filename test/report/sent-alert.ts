import { killSwitchParameter } from '../../lambda/contract';
import type { Deployment } from '../../lambda/deployment';
import type { Report } from '../../lambda/judge/report';
import type { ChatNotification } from '../../lambda/report/chat/chat';
import type { Mail } from '../../lambda/report/mail/subject';
import { type GivenSettings, settingsSchema } from '../../lambda/settings';
import { wordAlert } from '../../lambda/word-alert';

const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-central-1:111122223333:${resource}`;

/** A deployment as `environments/prod.ts` could define it. */
export function deploymentOf(
  settings: Partial<GivenSettings> = {},
  launcher: Deployment['launcher'] = 'repository',
): Deployment {
  return {
    settings: settingsSchema.parse({
      name: 'prod',
      domain: 'example.eu.auth0.com',
      timeZone: 'Europe/Berlin',
      mode: 'report',
      ...settings,
    }),
    policy: { rules: [], exemptions: [], default: { expect: ['on_first_login'] } },
    policyFingerprint: '0123456789abcdef',
    launcher,
    resources: {
      SECRET_ARN: arn('secretsmanager', 'secret:ConnectionAuditorCredentials8A7-QmZxPw0b1c2D-a1B2c3'),
      ALERTS_TOPIC_ARN: arn('sns', 'ConnectionAuditor-prod-Alerts'),
      ALARMS_TOPIC_ARN: arn('sns', 'ConnectionAuditor-prod-Alerts'),
      FINDINGS_TOPIC_ARN: arn('sns', 'ConnectionAuditor-prod-Findings'),
      HISTORY_BUCKET: 'connectionauditor-prod-history',
      KILL_SWITCH_PARAMETER: killSwitchParameter('prod'),
      STACK_NAME: 'ConnectionAuditor-prod',
    },
  };
}

/** The mail and the chat message that the function sends for a run, from the function's own code. */
export function sentAlert(
  report: Report,
  settings?: Partial<GivenSettings>,
  launcher?: Deployment['launcher'],
): { readonly mail: Mail; readonly chat: ChatNotification } {
  const { subject, message } = wordAlert(deploymentOf(settings, launcher), report, 'ConnectionAuditor-prod-Function');
  const { email, https } = JSON.parse(message);
  return { mail: { subject, body: email }, chat: JSON.parse(https) };
}
