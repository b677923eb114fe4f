import type { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { ConnectionAuditorProps } from './connection-auditor';
import type { Environment } from './environment/environment';

/** Imports the resources that an environment names by an ARN or a name, as constructs. Creates and changes none of them. */
export function importExisting(stack: Stack, environment: Environment) {
  const { existingSecretArn, existingAlertsTopicArn, existingHistoryBucketName, existingKeyArn } = environment;
  const { existingAlertsTopicKeyArn, alarmsTopicArn, vpc } = environment;
  return {
    secret: existingSecretArn ? Secret.fromSecretCompleteArn(stack, 'ExistingSecret', existingSecretArn) : undefined,
    alertsTopic: existingAlertsTopicArn
      ? Topic.fromTopicAttributes(stack, 'ExistingAlertsTopic', {
          topicArn: existingAlertsTopicArn,
          ...(existingAlertsTopicKeyArn && { keyArn: existingAlertsTopicKeyArn }),
        })
      : undefined,
    alarmsTopic: alarmsTopicArn ? Topic.fromTopicArn(stack, 'ExistingAlarmsTopic', alarmsTopicArn) : undefined,
    encryptionKey: existingKeyArn ? Key.fromKeyArn(stack, 'ExistingKey', existingKeyArn) : undefined,
    historyBucket: existingHistoryBucketName
      ? Bucket.fromBucketName(stack, 'ExistingHistoryBucket', existingHistoryBucketName)
      : undefined,
    network: vpc && {
      subnets: vpc.subnetIds.map((subnetId) => ({ subnetId })),
      securityGroups: vpc.securityGroupIds.map((securityGroupId) => ({ securityGroupId })),
    },
  } satisfies Partial<ConnectionAuditorProps>;
}
