import type { Deployment } from './deployment';
import { type Report, RUN_ERRORS } from './judge/report';
import { type AlertMessage, writeAlertMessage } from './report/alert-message';
import { toWord } from './report/commands/command';
import { type CommandPlace, stackNameOf } from './report/commands/place';
import { writeSetupMessage } from './report/setup-message';
import { addressOf, isUnset } from './tenant-address';

/** Where the commands of a message must work: the stack of the function. */
export function commandsOf({ settings, resources, launcher }: Deployment, functionName: string): CommandPlace {
  const { STACK_NAME: stack, FINDINGS_TOPIC_ARN: ours } = resources;
  return {
    launcher,
    environment: toWord(settings.name),
    region: toWord(homeOf(ours).region),
    stack: stack === stackNameOf(settings.name) ? undefined : toWord(stack),
    functionName: toWord(functionName),
  };
}

/** The alert of a run of the function: a report, or the remaining setup steps. */
export function wordAlert(deployment: Deployment, report: Report, functionName: string): AlertMessage {
  const { settings, resources } = deployment;
  const { name, domain, docsUrl } = settings;
  const commands = commandsOf(deployment, functionName);
  if (report.incomplete === null || !RUN_ERRORS[report.incomplete.reason].isSetup) {
    return writeAlertMessage(report, { docsUrl, commands });
  }
  const address = addressOf(domain);
  const problem = isUnset(address)
    ? ({ kind: 'domain', domain: address.host } as const)
    : ({ kind: 'secret', secretArn: resources.SECRET_ARN } as const);
  return writeSetupMessage({ environment: name, problem, commands, docsUrl });
}

/** The place of a resource in AWS: `arn:partition:service:region:account:resource` (AWS general reference). */
export function homeOf(arn: string): { readonly partition: string; readonly region: string; readonly account: string } {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  return { partition, region, account };
}
