import type { SNSClient } from '@aws-sdk/client-sns';
import { publishAlert, publishMessages } from './aws/topics';
import { oneAfterTheOther } from './connection/sequence';
import type { Deployment } from './deployment';
import { NOTIFICATIONS } from './judge/report';
import { writeFindingMessages } from './report/machine/messages';
import type { Announcement, Delivery } from './run/world';
import { homeOf, wordAlert } from './word-alert';

export interface Audience {
  readonly sns: SNSClient;
  readonly deployment: Deployment;
  /** The function's name, for the commands in a message. */
  readonly functionName: string;
  /** Milliseconds that the next call is allowed to take; 0 or less if nothing more can be sent. */
  readonly limitMs: () => number;
}

/**
 * Sends an alert to recipients if there is something to report, and then findings messages to consumers after every
 * run. A failure of one topic does not prevent messages to the other.
 */
export async function announce(
  announcement: Announcement,
  { sns, deployment, functionName, limitMs }: Audience,
): Promise<Delivery> {
  const { report } = announcement;
  const { settings, resources } = deployment;
  const { docsUrl } = settings;
  const { ALERTS_TOPIC_ARN: alerts, FINDINGS_TOPIC_ARN: findings } = resources;
  const isForPeople = NOTIFICATIONS[report.telling].reachesPeople;
  const people = isForPeople
    ? await failureOf(() => publishAlert(sns, alerts, wordAlert(deployment, report, functionName), limitMs))
    : [];
  const machines = await failureOf(() =>
    publishMessages(sns, findings, writeFindingMessages(report, { docsUrl }), limitMs),
  );
  const hub = settings.securityHub ? await failureOf(() => importIntoSecurityHub(announcement, findings, limitMs)) : [];
  return {
    told: { people: people.length === 0, machines: machines.length === 0 },
    untold: [...people, ...machines, ...hub],
  };
}

async function failureOf(send: () => Promise<void>): Promise<readonly string[]> {
  try {
    await send();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * Loaded on demand, because few environments import their findings. The findings that close former ids go first, so
 * that no finding is open under two ids.
 */
async function importIntoSecurityHub(
  { report, formerFindings }: Announcement,
  arnOfOurs: string,
  limitMs: () => number,
): Promise<void> {
  const [{ importFindings }, { writeAsff }, { writeAsffFormer }] = await Promise.all([
    import('./aws/security-hub'),
    import('./report/machine/asff'),
    import('./report/machine/asff-former'),
  ]);
  const home = homeOf(arnOfOurs);
  const findings = oneAfterTheOther(writeAsffFormer(formerFindings, report, home), writeAsff(report, home));
  await importFindings(findings, limitMs);
}
