import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarmsOfEnvironmentMay, alarmsOfEnvironmentMayUseKey } from './topic-key';

/**
 * Creates a separate topic for the alarms, with a separate key. A disabled key, a changed policy or a deleted topic of the
 * alerts then stops the alerts, but not the alarm on that failure. Only alarms of this environment are allowed to publish.
 */
export function createAlarmsTopic(scope: Construct, environmentName: string): Topic {
  const stack = Stack.of(scope);
  const key = new Key(scope, 'AlarmsKey', {
    description: "Encrypts the alarms of the Auth0 connection auditor's environment",
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  key.addToResourcePolicy(alarmsOfEnvironmentMayUseKey(stack, environmentName));
  const topic = new Topic(scope, 'Alarms', {
    displayName: `Auth0 connection auditor alarms (${environmentName})`,
    masterKey: key,
    enforceSSL: true,
  });
  topic.addToResourcePolicy(alarmsOfEnvironmentMay(stack, environmentName, ['sns:Publish'], topic.topicArn));
  return topic;
}
