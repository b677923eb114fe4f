import { CfnElement, Stack, Token, Validations } from 'aws-cdk-lib';
import type { ConnectionAuditor } from './connection-auditor';
import type { RunHistory } from './run-history';

/** Acknowledges the rules of cdk-nag that the stack breaks on purpose, each on the smallest scope, with the reason. */
export function acknowledgeNagRules({ secret, failedRuns, undelivered, history, function: audit }: ConnectionAuditor) {
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'Auth0 issues and rotates the client secret, not AWS. The next run reads the rotated value; docs/runbook.md describes the rotation.',
  });
  for (const queue of [failedRuns, undelivered]) {
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is itself the dead-letter queue. Nothing consumes its messages, so no consumer can fail.',
    });
  }
  Validations.of(history.bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      'One function and the operators who undo a run use this bucket. Each record names its run, and each version is kept. CloudTrail data events, if an account records them, show who read. An access log would be one more bucket that contains the names of connections.',
  });
  Validations.of(audit.role).acknowledge({
    id: 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
    reason:
      'SNS documents that publishing to an encrypted topic needs this action. It is granted on the one key of these topics.',
  });
  if (audit.network !== undefined) {
    Validations.of(audit.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'Lambda creates the network interfaces of a function in a VPC with the role of the function. Their ids are not known before. AWS documents these actions on all resources. The code of the function is denied these actions.',
    });
  }
  for (const folder of [history.folder, history.formerFolder]) {
    if (folder === undefined) continue;
    Validations.of(audit.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${arnInFindings(history.bucket)}/${folder}/*]`,
      reason:
        'The folder of one tenant in one bucket. The name of a record contains the id of its run, which is not known before.',
    });
  }
}

/** The ARN of a bucket as cdk-nag writes it: a value that is known only at deploy time is written by its name. */
function arnInFindings({ bucketArn, bucketName, node: { defaultChild: created } }: RunHistory['bucket']): string {
  if (created !== undefined && CfnElement.isCfnElement(created)) {
    return `<${Stack.of(created).getLogicalId(created)}.Arn>`;
  }
  return Token.isUnresolved(bucketArn) ? `arn:<AWS::Partition>:s3:::${bucketName}` : bucketArn;
}
