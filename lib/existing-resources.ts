import type { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { ConnectionAuditorProps } from './connection-auditor';
import type { Environment } from './environment/environment';

/** What an environment names by an ARN or a name, as constructs; nothing of it is created or changed. */
export function importExisting(
  stack: Stack,
  { existingSecretArn, existingAlertsTopicArn, existingHistoryBucketName }: Environment,
) {
  return {
    secret: existingSecretArn ? Secret.fromSecretCompleteArn(stack, 'ExistingSecret', existingSecretArn) : undefined,
    alertsTopic: existingAlertsTopicArn
      ? Topic.fromTopicArn(stack, 'ExistingAlertsTopic', existingAlertsTopicArn)
      : undefined,
    historyBucket: existingHistoryBucketName
      ? Bucket.fromBucketName(stack, 'ExistingHistoryBucket', existingHistoryBucketName)
      : undefined,
  } satisfies Partial<ConnectionAuditorProps>;
}
