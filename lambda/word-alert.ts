import type { Deployment } from './deployment';
import { type Report, RUN_ERRORS } from './judge/report';
import { type AlertMessage, writeAlertMessage } from './report/alert-message';
import { writeSetupMessage } from './report/setup-message';
import { addressOf, isUnset } from './tenant-address';

/** The alert of a run of the function: a report, or what is left to set up. */
export function wordAlert({ settings, resources }: Deployment, report: Report, functionName: string): AlertMessage {
  const { name, domain, docsUrl } = settings;
  if (report.incomplete === null || !RUN_ERRORS[report.incomplete.reason].isSetup) {
    const { region } = homeOf(resources.ALERTS_TOPIC_ARN);
    return writeAlertMessage(report, { functionName, docsUrl, region });
  }
  const address = addressOf(domain);
  const problem = isUnset(address)
    ? ({ kind: 'domain', domain: address.host } as const)
    : ({ kind: 'secret', secretArn: resources.SECRET_ARN } as const);
  return writeSetupMessage({ environment: name, problem, functionName, docsUrl });
}

/** Where in AWS something is: `arn:partition:service:region:account:resource` (AWS general reference). */
export function homeOf(arn: string): { readonly partition: string; readonly region: string; readonly account: string } {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  return { partition, region, account };
}
