import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SERVICE } from '../lambda/contract';

/** What publishing to an encrypted topic needs of its key: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Lets a role use these keys where SNS asks for it, and in no other way. */
export function keyUse(stack: Stack, keyArns: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...KEY_ACTIONS], resources: [...keyArns], conditions: onlyThroughSns(stack) });
}

/** What the policy of a key must hold so that this role can publish. Its `*` is the key itself. */
export function roleMayUseKey(stack: Stack, role: IRole): PolicyStatement {
  return new PolicyStatement({
    sid: 'AuditorPublishes',
    principals: [role],
    actions: [...KEY_ACTIONS],
    resources: ['*'],
    conditions: onlyThroughSns(stack),
  });
}

/**
 * What the policy of a key must hold so that alarms can publish. An alarm that may not use the topic's key fails
 * without a trace, and nobody is woken:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarmsMayUseKey(stack: Stack): PolicyStatement {
  return alarmsMay(stack, KEY_ACTIONS, '*');
}

/** CloudWatch, but only for alarms of this account: other accounts' alarms use the same principal. */
export function alarmsMay(stack: Stack, actions: readonly string[], resource: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'CloudWatchAlarmsOfThisAccount',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: [...actions],
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
}

/** The same for the alarms of one environment alone. */
export function alarmsOfEnvironmentMayUseKey(stack: Stack, environmentName: string): PolicyStatement {
  return alarmsOfEnvironmentMay(stack, environmentName, KEY_ACTIONS, '*');
}

/**
 * CloudWatch for the alarms of one environment, by their names, in this account and region. AWS puts both conditions on topic
 * and key: grantCloudWatchAlarmsTopicAccess of aws.github.io/modern-data-architecture-accelerator
 */
export function alarmsOfEnvironmentMay(
  stack: Stack,
  environmentName: string,
  actions: readonly string[],
  resource: string,
): PolicyStatement {
  const statement = alarmsMay(stack, actions, resource);
  statement.sid = 'AlarmsOfThisEnvironment';
  const alarms = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: `${SERVICE}-${environmentName}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  statement.addCondition('ArnLike', { 'aws:SourceArn': alarms });
  return statement;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
function onlyThroughSns({ region, urlSuffix }: Stack) {
  return { StringEquals: { 'kms:ViaService': `sns.${region}.${urlSuffix}` } };
}
