import { Annotations, CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { SERVICE } from '../lambda/contract';
import { isUnset, parseTenantAddress } from '../lambda/tenant-address';
import { ConnectionAuditor } from './connection-auditor';
import type { Environment } from './environment';

/** One environment as one stack. */
export class AuditorStack extends Stack {
  readonly auditor: ConnectionAuditor;

  constructor(scope: Construct, environment: Environment) {
    const { name, account, region, existingSecretArn, existingAlertsTopicArn, ...settings } = environment;
    super(scope, `ConnectionAuditor-${name}`, {
      description: `Audits the connections of the Auth0 tenant ${environment.domain}`,
      // CloudFormation passes them on to each resource, so that the template need not repeat them.
      tags: { application: SERVICE, environment: name },
      env: { ...(account && { account }), ...(region && { region }) },
    });

    this.auditor = new ConnectionAuditor(this, 'Auditor', {
      ...settings,
      name,
      secret: existingSecretArn ? Secret.fromSecretCompleteArn(this, 'ExistingSecret', existingSecretArn) : undefined,
      alertsTopic: existingAlertsTopicArn
        ? Topic.fromTopicArn(this, 'ExistingAlertsTopic', existingAlertsTopicArn)
        : undefined,
    });

    this.tellNextSteps();
    this.acknowledgeNagRules();
    this.warnIfUnset(environment.domain);
  }

  /** The commands that a person needs next, ready to paste. */
  private tellNextSteps(): void {
    const { secret, function: audit, topics } = this.auditor;
    const region = `--region ${this.region}`;
    this.tell(
      'FillSecret',
      'Writes client_id and client_secret of the Auth0 application, from a file, into the secret',
      `aws secretsmanager put-secret-value ${region} --secret-id ${secret.secretArn} --secret-string file://credentials.json`,
    );
    this.tell(
      'ConfirmSubscriptions',
      'Each recipient gets one e-mail and must follow its link; this lists who is still PendingConfirmation',
      `aws sns list-subscriptions-by-topic ${region} --topic-arn ${topics.alerts.topicArn}`,
    );
    this.tell(
      'SendTestAlert',
      'Sends a test alert to everyone who confirmed',
      `aws sns publish ${region} --topic-arn ${topics.alerts.topicArn} --subject 'Test alert' --message 'Alerts of ${SERVICE} reach you.'`,
    );
    this.tell(
      'InvokeNow',
      'Audits now and waits for the end, at most 15 minutes',
      // The CLI would give up after a minute and invoke again.
      `aws lambda invoke ${region} --function-name ${audit.lambda.functionName} --invocation-type RequestResponse --cli-read-timeout 0 /dev/stdout`,
    );
    this.tell('TailLogs', 'Follows the log', `aws logs tail ${region} ${audit.logGroup.logGroupName} --follow`);
    this.tell('FindingsTopicArn', 'The topic for machines: subscribe your consumers here', topics.findings.topicArn);
  }

  private tell(id: string, description: string, value: string): void {
    new CfnOutput(this, id, { description, value });
  }

  private acknowledgeNagRules(): void {
    const { secret, failedRuns, undelivered, function: audit } = this.auditor;
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The client secret is issued and rotated by Auth0, not by AWS; a run reads a rotated value by itself, and docs/runbook.md describes the rotation.',
    });
    for (const queue of [failedRuns, undelivered]) {
      Validations.of(queue).acknowledge({
        id: 'AwsSolutions-SQS3',
        reason: 'This queue is itself the dead-letter queue; nothing consumes it, so nothing can fail to.',
      });
    }
    Validations.of(audit.role).acknowledge({
      id: 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
      reason: 'SNS documents this action, on the one key of these topics, as needed to publish to an encrypted topic.',
    });
  }

  private warnIfUnset(domain: string): void {
    const parsed = parseTenantAddress(domain);
    if (parsed.ok && isUnset(parsed.address)) {
      Annotations.of(this).addWarningV2(
        'connection-auditor:setup-needed',
        `The domain ${domain} stands for a tenant that nobody has named yet: write your own into the environment's file. A run says SETUP NEEDED until then.`,
      );
    }
  }
}
