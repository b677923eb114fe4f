import type { SNSClient } from '@aws-sdk/client-sns';
import { publishAlert, publishMessages } from './aws/topics';
import type { Deployment } from './deployment';
import type { Report } from './judge/report';
import { type AlertMessage, writeAlertMessage } from './report/alert-message';
import { writeFindingMessages } from './report/machine/messages';
import { writeSetupMessage } from './report/setup-message';
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
  report: Report,
  { sns, deployment, functionName }: Audience,
): Promise<readonly string[]> {
  const { settings, resources } = deployment;
  const told = await Promise.allSettled([
    ...(report.telling === 'nothing_new'
      ? []
      : [publishAlert(sns, resources.ALERTS_TOPIC_ARN, wordAlert(deployment, report, functionName))]),
    publishMessages(sns, resources.FINDINGS_TOPIC_ARN, writeFindingMessages(report)),
    ...(settings.securityHub ? [importIntoSecurityHub(report, resources.FINDINGS_TOPIC_ARN)] : []),
  ]);
  return told.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []));
}

function wordAlert({ settings, resources }: Deployment, report: Report, functionName: string): AlertMessage {
  if (report.incomplete?.reason !== 'setup_needed') return writeAlertMessage(report, { functionName });
  const address = addressOf(settings.domain);
  const problem = isUnset(address)
    ? ({ kind: 'domain', domain: address.host } as const)
    : ({ kind: 'secret', secretArn: resources.SECRET_ARN } as const);
  return writeSetupMessage({ environment: settings.name, problem, functionName });
}

/** Loaded on demand: few environments import their findings. */
async function importIntoSecurityHub(report: Report, arnOfOurs: string): Promise<void> {
  const [{ importFindings }, { writeAsff }] = await Promise.all([
    import('./aws/security-hub'),
    import('./report/machine/asff'),
  ]);
  await importFindings(writeAsff(report, homeOf(arnOfOurs)));
}

/** Where in AWS the function runs: `arn:partition:service:region:account:resource` (AWS general reference). */
function homeOf(arnOfOurs: string) {
  const [, partition = '', , region = '', account = ''] = arnOfOurs.split(':');
  return { partition, region, account };
}
