import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { STACK_OUTPUTS } from '../lambda/contract';
import {
  allowWritesCommand,
  invokeAndWaitCommand,
  readQueueCommand,
  stopWritesCommand,
  subscriptionsCommand,
  tailLogsCommand,
  testAlertCommand,
} from '../lambda/report/commands/aws';
import { type Command, inOneLine } from '../lambda/report/commands/command';
import { changesCommand, checkCommand, fillSecretCommand } from '../lambda/report/commands/npm';
import type { Launcher } from '../lambda/report/commands/place';
import { dashboardLink } from '../lambda/report/words/places';
import { commandPlaceIn, wordFrom } from './command-place';
import type { ConnectionAuditor } from './connection-auditor';

interface Told {
  readonly environmentName: string;
  readonly launcher: Launcher;
  readonly isSecretCreated: boolean;
  readonly hasAlarmRecipients: boolean;
}

/** The commands that a person needs next, ready to paste, and the names that other tools need, as outputs of the stack. */
export function tellNextSteps(
  stack: Stack,
  auditor: ConnectionAuditor,
  { environmentName, launcher, isSecretCreated, hasAlarmRecipients }: Told,
): void {
  const { secret, function: audit, topics, history, killSwitch } = auditor;
  const { functionName } = audit.lambda;
  const place = commandPlaceIn(auditor, { environmentName, launcher, functionName });
  const topicArn = wordFrom(topics.alerts.topicArn);
  const isForChat = topics.chat !== undefined;
  const tell = (id: string, description: string, value: string) => new CfnOutput(stack, id, { description, value });
  const tellCommand = (id: string, description: string, command: Command | undefined) => {
    if (command === undefined) throw new Error(`the command ${id} lacks something`);
    tell(id, description, inOneLine(command));
  };

  tell(STACK_OUTPUTS.secret, 'The secret with the credentials of the Auth0 application', secret.secretArn);
  if (isSecretCreated) {
    tellCommand(
      'FillSecret',
      'Asks for the credentials of the Auth0 application and writes them into the secret',
      fillSecretCommand(place),
    );
  }
  tellCommand('CheckSetup', 'Says what is set up and what is missing; changes nothing', checkCommand(place));
  tell(STACK_OUTPUTS.alerts, 'The topic for people', topics.alerts.topicArn);
  tellCommand(
    'ConfirmSubscriptions',
    'Lists who receives the alerts; PendingConfirmation: the recipient has not followed the link of the e-mail',
    subscriptionsCommand(place, topicArn),
  );
  tellCommand(
    'SendTestAlert',
    `Sends a test alert to everyone who confirmed${isForChat ? ', and to the chat channel' : ''}`,
    testAlertCommand(place, { topicArn, isForChat }),
  );
  tell(STACK_OUTPUTS.alarms, 'The topic that alarms go to', topics.alarms.topicArn);
  if (hasAlarmRecipients) {
    tellCommand(
      'ConfirmAlarmSubscriptions',
      'Lists who receives the alarms; PendingConfirmation: the recipient has not followed the link of the e-mail',
      subscriptionsCommand(place, wordFrom(topics.alarms.topicArn)),
    );
  }
  tell(STACK_OUTPUTS.findings, 'The topic for machines: subscribe your consumers here', topics.findings.topicArn);
  tellCommand('InvokeNow', 'Audits now and waits for the end, at most 15 minutes', invokeAndWaitCommand(place));
  tellCommand(
    'TailLogs',
    'Shows the log of the last day, and follows it',
    tailLogsCommand(place, wordFrom(audit.logGroup.logGroupName)),
  );
  tellCommand(
    'FailedRunsQueue',
    'Reads up to ten runs that failed, or that Lambda gave up; they stay in the queue',
    readQueueCommand(place, wordFrom(auditor.failedRuns.queueUrl)),
  );
  tellCommand(
    'UndeliveredQueue',
    'Reads up to ten events with which the schedule could not start the function, and why; they stay in the queue',
    readQueueCommand(place, wordFrom(auditor.undelivered.queueUrl)),
  );
  tellCommand(
    'StopWrites',
    'Stops all writes to the tenant, those of a run under way included',
    stopWritesCommand(place),
  );
  tellCommand('AllowWrites', 'Allows writes again', allowWritesCommand(place));
  tellCommand('ListChanges', 'Lists what runs changed, each with the command that undoes it', changesCommand(place));
  tell(
    STACK_OUTPUTS.history,
    'Where runs leave what they changed; kept when the stack goes',
    `s3://${history.bucket.bucketName}`,
  );
  tell(STACK_OUTPUTS.function, 'The function that audits', audit.lambda.functionName);
  tell('FunctionRoleArn', 'The role that an existing key, bucket, secret or topic must allow', audit.role.roleArn);
  tell(STACK_OUTPUTS.killSwitch, 'The SSM parameter that stops writes', killSwitch.parameter.parameterName);
  tell(
    STACK_OUTPUTS.alarm,
    'The alarm on failed runs, by which check sends a test alarm',
    auditor.alarms.runFailed.alarmName,
  );
  if (auditor.dashboard !== undefined) {
    const { dashboardName } = auditor.dashboard;
    // Where only CloudFormation knows the region, nobody knows the console here.
    const link = dashboardLink(dashboardName, stack.region);
    tell(
      'Dashboard',
      `The dashboard in CloudWatch: its ${link === undefined ? 'name' : 'address'}`,
      link ?? dashboardName,
    );
  }
  tell('LogGroupName', "The function's log; kept when the stack goes", audit.logGroup.logGroupName);
  const neededOfKey = topics.neededKeyPolicy(audit.role);
  if (neededOfKey.length > 0) {
    tell(
      'KeyPolicyNeeded',
      `The statements that the policy of your key needs; without them no alert${topics.areAlarmsApart ? '' : ' and no alarm'} reaches anyone`,
      stack.toJsonString(neededOfKey.map((statement) => statement.toStatementJson())),
    );
  }
}
