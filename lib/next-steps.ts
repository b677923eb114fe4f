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

/** The outputs of the stack: the next commands of an operator, ready to paste, and the names that other tools need. */
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
    if (command === undefined) throw new Error(`the command ${id} is incomplete`);
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
  tellCommand('CheckSetup', 'Reports what is set up and what is missing; changes nothing', checkCommand(place));
  tell(STACK_OUTPUTS.alerts, 'The topic of the alerts', topics.alerts.topicArn);
  tellCommand(
    'ConfirmSubscriptions',
    'Lists the subscribers of the alerts; PendingConfirmation: the recipient has not opened the link in the e-mail',
    subscriptionsCommand(place, topicArn),
  );
  tellCommand(
    'SendTestAlert',
    `Sends a test alert to all confirmed subscribers${isForChat ? ', and to the chat channel' : ''}`,
    testAlertCommand(place, { topicArn, isForChat }),
  );
  tell(STACK_OUTPUTS.alarms, 'The topic of the alarms', topics.alarms.topicArn);
  if (hasAlarmRecipients) {
    tellCommand(
      'ConfirmAlarmSubscriptions',
      'Lists the subscribers of the alarms; PendingConfirmation: the recipient has not opened the link in the e-mail',
      subscriptionsCommand(place, wordFrom(topics.alarms.topicArn)),
    );
  }
  tell(
    STACK_OUTPUTS.findings,
    'The topic of the findings messages: subscribe your consumers here',
    topics.findings.topicArn,
  );
  tellCommand('InvokeNow', 'Starts a run now and waits for its end, at most 15 minutes', invokeAndWaitCommand(place));
  tellCommand(
    'TailLogs',
    'Shows the log of the last 24 hours, then new lines as they arrive',
    tailLogsCommand(place, wordFrom(audit.logGroup.logGroupName)),
  );
  tellCommand(
    'FailedRunsQueue',
    'Reads up to 10 runs that failed, or that Lambda could not start within 1 hour; the messages stay in the queue',
    readQueueCommand(place, wordFrom(auditor.failedRuns.queueUrl)),
  );
  tellCommand(
    'UndeliveredQueue',
    'Reads up to 10 events with which the schedule could not start the function, with the reason; the messages stay in the queue',
    readQueueCommand(place, wordFrom(auditor.undelivered.queueUrl)),
  );
  tellCommand(
    'StopWrites',
    'Stops all writes to the tenant, including the writes of a run in progress',
    stopWritesCommand(place),
  );
  tellCommand('AllowWrites', 'Allows writes again', allowWritesCommand(place));
  tellCommand('ListChanges', 'Lists the changes that runs made, each with its undo command', changesCommand(place));
  tell(
    STACK_OUTPUTS.history,
    'The history: records and state of the runs; the bucket is kept when the stack is deleted',
    `s3://${history.bucket.bucketName}`,
  );
  tell(STACK_OUTPUTS.function, 'The function that runs the audit', audit.lambda.functionName);
  tell(
    'FunctionRoleArn',
    'The role of the function; the policy of an existing key, bucket, secret or topic must allow this role',
    audit.role.roleArn,
  );
  tell(STACK_OUTPUTS.killSwitch, 'The SSM parameter that stops writes', killSwitch.parameter.parameterName);
  tell(
    STACK_OUTPUTS.alarm,
    'The alarm on failed runs; the command check uses it to send a test alarm',
    auditor.alarms.runFailed.alarmName,
  );
  if (auditor.dashboard !== undefined) {
    const { dashboardName } = auditor.dashboard;
    // If only CloudFormation knows the region, the address of the console is unknown here.
    const link = dashboardLink(dashboardName, stack.region);
    tell(
      'Dashboard',
      `The ${link === undefined ? 'name' : 'address'} of the CloudWatch dashboard`,
      link ?? dashboardName,
    );
  }
  tell('LogGroupName', 'The log group of the function; kept when the stack is deleted', audit.logGroup.logGroupName);
  const neededOfKey = topics.neededKeyPolicy(audit.role);
  if (neededOfKey.length > 0) {
    tell(
      'KeyPolicyNeeded',
      `Statements to add to the policy of your key; without them no alert${topics.areAlarmsApart ? '' : ' and no alarm'} is delivered`,
      stack.toJsonString(neededOfKey.map((statement) => statement.toStatementJson())),
    );
  }
}
