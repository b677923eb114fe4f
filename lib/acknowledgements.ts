import { CfnElement, Stack, Token, Validations } from 'aws-cdk-lib';
import type { ConnectionAuditor } from './connection-auditor';
import type { RunHistory } from './run-history';

/** What cdk-nag objects to and is right as it is, each on the smallest scope, with the reason for an auditor. */
export function acknowledgeNagRules({ secret, failedRuns, undelivered, history, function: audit }: ConnectionAuditor) {
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
  Validations.of(history.bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'One function and the people who undo a run use this bucket; each record names its run and each version is kept, and CloudTrail data events, where an account records them, say who read. An access log would be one more bucket with the names of connections.',
  });
  Validations.of(audit.role).acknowledge({
    id: 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
    reason: 'SNS documents this action, on the one key of these topics, as needed to publish to an encrypted topic.',
  });
  if (audit.network !== undefined) {
    Validations.of(audit.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        "Lambda makes the network interfaces of a function in a VPC with the function's role, under ids that nobody knows before; AWS documents these actions on all resources. The function's own code is denied them.",
    });
  }
  for (const folder of [history.folder, history.formerFolder]) {
    if (folder === undefined) continue;
    Validations.of(audit.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${arnInFindings(history.bucket)}/${folder}/*]`,
      reason: "One tenant's folder in one bucket; a record is named after its run, which no policy can know before.",
    });
  }
}

/** The ARN of a bucket as cdk-nag writes it: what is known at deploy time only, by its name. */
function arnInFindings({ bucketArn, bucketName, node: { defaultChild: created } }: RunHistory['bucket']): string {
  if (created !== undefined && CfnElement.isCfnElement(created)) {
    return `<${Stack.of(created).getLogicalId(created)}.Arn>`;
  }
  return Token.isUnresolved(bucketArn) ? `arn:<AWS::Partition>:s3:::${bucketName}` : bucketArn;
}
