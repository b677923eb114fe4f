import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { KILL_SWITCH_VALUES, SERVICE } from '../lambda/contract';
import type { ConnectionAuditor } from './connection-auditor';

/** The commands that a person needs next, ready to paste, as outputs of the stack. */
export function tellNextSteps(stack: Stack, auditor: ConnectionAuditor, environmentName: string): void {
  const { secret, function: audit, topics, history, killSwitch } = auditor;
  const region = `--region ${stack.region}`;
  const historyPlace = `s3://${history.bucket.bucketName}`;
  const [allow, stop] = KILL_SWITCH_VALUES;
  const setWrites = (value: string) =>
    `aws ssm put-parameter ${region} --name ${killSwitch.parameter.parameterName} --value ${value} --overwrite`;
  const tell = (id: string, description: string, value: string) => new CfnOutput(stack, id, { description, value });

  tell('SecretArn', 'The secret with the credentials of the Auth0 application', secret.secretArn);
  tell(
    'FillSecret',
    'Writes client_id and client_secret of the Auth0 application, from a file, into the secret',
    `aws secretsmanager put-secret-value ${region} --secret-id ${secret.secretArn} --secret-string file://credentials.json`,
  );
  tell(
    'CheckSetup',
    'Says what is set up and what is missing; changes nothing',
    `npm run audit -- check --environment ${environmentName} --secret ${secret.secretArn}`,
  );
  tell('AlertsTopicArn', 'The topic for people', topics.alerts.topicArn);
  tell(
    'ConfirmSubscriptions',
    'Each recipient gets one e-mail and must follow its link; this lists who is still PendingConfirmation',
    `aws sns list-subscriptions-by-topic ${region} --topic-arn ${topics.alerts.topicArn}`,
  );
  tell(
    'SendTestAlert',
    `Sends a test alert to everyone who confirmed${topics.chat ? ', and to the chat channel' : ''}`,
    `aws sns publish ${region} --topic-arn ${topics.alerts.topicArn} --subject 'Test alert' ${testMessage(topics.chat !== undefined)}`,
  );
  tell('FindingsTopicArn', 'The topic for machines: subscribe your consumers here', topics.findings.topicArn);
  tell(
    'InvokeNow',
    'Audits now and waits for the end, at most 15 minutes',
    // The CLI would give up after a minute and invoke again.
    `aws lambda invoke ${region} --function-name ${audit.lambda.functionName} --invocation-type RequestResponse --cli-read-timeout 0 /dev/stdout`,
  );
  tell('TailLogs', 'Follows the log', `aws logs tail ${region} ${audit.logGroup.logGroupName} --follow`);
  tell('StopWrites', 'Stops all writes to the tenant, those of a run under way included', setWrites(stop));
  tell('AllowWrites', 'Allows writes again', setWrites(allow));
  tell('HistoryBucket', 'Where runs leave what they changed; kept when the stack goes', historyPlace);
  tell(
    'UndoRun',
    'Puts back what a run changed, after asking; the alert and the log name the RUN_ID',
    `npm run audit -- undo --run RUN_ID --environment ${environmentName} --history ${historyPlace} --secret ${secret.secretArn}`,
  );
}

/** A chat channel shows nothing but notifications of this form; mail gets the text beside it. */
function testMessage(isForChat: boolean): string {
  const sentence = `Alerts of ${SERVICE} reach you.`;
  if (!isForChat) return `--message '${sentence}'`;
  const content = { textType: 'client-markdown', title: 'Test alert', description: sentence };
  const notification = JSON.stringify({ version: '1.0', source: 'custom', content });
  return `--message-structure json --message '${JSON.stringify({ default: sentence, https: notification })}'`;
}
