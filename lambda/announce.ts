import type { SNSClient } from '@aws-sdk/client-sns';
import { publishAlert, publishMessages } from './aws/topics';
import type { Deployment } from './deployment';
import { NOTIFICATIONS, type Report, RUN_ERRORS } from './judge/report';
import { type AlertMessage, writeAlertMessage } from './report/alert-message';
import { writeFindingMessages } from './report/machine/messages';
import { writeSetupMessage } from './report/setup-message';
import type { Announcement } from './run/world';
import { addressOf, isUnset } from './tenant-address';

export interface Audience {
  readonly sns: SNSClient;
  readonly deployment: Deployment;
  /** The function's name, for the commands in a message. */
  readonly functionName: string;
}

/**
 * Tells machines of every run, and people where there is something to tell. A topic that fails does not silence the
 * other. Gives back why somebody could not be told.
 */
export async function announce(
  announcement: Announcement,
  { sns, deployment, functionName }: Audience,
): Promise<readonly string[]> {
  const { report } = announcement;
  const { settings, resources } = deployment;
  const { docsUrl } = settings;
  const told = await Promise.allSettled([
    ...(NOTIFICATIONS[report.telling].reachesPeople
      ? [publishAlert(sns, resources.ALERTS_TOPIC_ARN, wordAlert(deployment, report, functionName))]
      : []),
    publishMessages(sns, resources.FINDINGS_TOPIC_ARN, writeFindingMessages(report, { docsUrl })),
    ...(settings.securityHub ? [importIntoSecurityHub(announcement, resources.FINDINGS_TOPIC_ARN)] : []),
  ]);
  return told.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []));
}

function wordAlert({ settings, resources }: Deployment, report: Report, functionName: string): AlertMessage {
  const { name, domain, docsUrl } = settings;
  if (report.incomplete === null || !RUN_ERRORS[report.incomplete.reason].isSetup) {
    return writeAlertMessage(report, { functionName, docsUrl });
  }
  const address = addressOf(domain);
  const problem = isUnset(address)
    ? ({ kind: 'domain', domain: address.host } as const)
    : ({ kind: 'secret', secretArn: resources.SECRET_ARN } as const);
  return writeSetupMessage({ environment: name, problem, functionName, docsUrl });
}

/**
 * Loaded on demand: few environments import their findings. What closes the former ids goes first, so that no finding is
 * open under two.
 */
async function importIntoSecurityHub({ report, formerFindings }: Announcement, arnOfOurs: string): Promise<void> {
  const [{ importFindings }, { writeAsff }, { writeAsffFormer }] = await Promise.all([
    import('./aws/security-hub'),
    import('./report/machine/asff'),
    import('./report/machine/asff-former'),
  ]);
  const home = homeOf(arnOfOurs);
  await importFindings([...writeAsffFormer(formerFindings, report, home), ...writeAsff(report, home)]);
}

/** Where in AWS the function runs: `arn:partition:service:region:account:resource` (AWS general reference). */
function homeOf(arnOfOurs: string) {
  const [, partition = '', , region = '', account = ''] = arnOfOurs.split(':');
  return { partition, region, account };
}
