import type { SNSClient } from '@aws-sdk/client-sns';
import { publishAlert, publishMessages } from './aws/topics';
import type { Report } from './judge/report';
import { type AlertMessage, writeAlertMessage } from './report/alert-message';
import { writeFindingMessages } from './report/machine/messages';
import { writeSetupMessage } from './report/setup-message';
import type { Announcement } from './run/world';
import type { Settings } from './settings';

export interface Audience {
  readonly sns: SNSClient;
  readonly settings: Settings;
  /** The function's name, for the commands in a message. */
  readonly functionName: string;
}

/**
 * Tells machines of every run, and people where there is something to tell. A topic that fails does not silence the
 * other. Gives back why somebody could not be told.
 */
export async function announce(
  { report, formerFindings }: Announcement,
  { sns, settings, functionName }: Audience,
): Promise<readonly string[]> {
  const told = await Promise.allSettled([
    ...(report.telling === 'nothing_new'
      ? []
      : [publishAlert(sns, settings.alertsTopicArn, wordAlert(settings, report, functionName))]),
    publishMessages(sns, settings.findingsTopicArn, writeFindingMessages(report)),
    ...(settings.importsToSecurityHub ? [importIntoSecurityHub({ report, formerFindings }, settings)] : []),
  ]);
  return told.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []));
}

function wordAlert(settings: Settings, report: Report, functionName: string): AlertMessage {
  if (report.incomplete?.reason !== 'setup_needed') return writeAlertMessage(report, { functionName });
  const { environment, secretArn, address, domainIsUnset } = settings;
  const problem = domainIsUnset
    ? ({ kind: 'domain', domain: address.host } as const)
    : ({ kind: 'secret', secretArn } as const);
  return writeSetupMessage({ environment, problem, functionName });
}

/**
 * Loaded on demand: few environments import their findings. What closes the former ids goes first, so that no finding is
 * open under two.
 */
async function importIntoSecurityHub({ report, formerFindings }: Announcement, { awsHome }: Settings): Promise<void> {
  const [{ importFindings }, { writeAsff }, { writeAsffFormer }] = await Promise.all([
    import('./aws/security-hub'),
    import('./report/machine/asff'),
    import('./report/machine/asff-former'),
  ]);
  await importFindings([...writeAsffFormer(formerFindings, report, awsHome), ...writeAsff(report, awsHome)]);
}
