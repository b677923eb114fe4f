import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SERVICE } from '../lambda/contract';

/** The key actions for publishing to an encrypted topic: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Allows a role to use these keys only through SNS. */
export function keyUse(stack: Stack, keyArns: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...KEY_ACTIONS], resources: [...keyArns], conditions: onlyThroughSns(stack) });
}

/** The statement that the policy of a key needs so that this role can publish. Its resource `*` is the key itself. */
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
 * The statement that the policy of a key needs so that alarms can publish. An alarm that is not allowed to use the key of
 * the topic fails without a trace, and no one is notified:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarmsMayUseKey(stack: Stack): PolicyStatement {
  return alarmsMay(stack, KEY_ACTIONS, '*');
}

/** Allows CloudWatch, but only for alarms of this account: alarms of other accounts use the same principal. */
export function alarmsMay(stack: Stack, actions: readonly string[], resource: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'CloudWatchAlarmsOfThisAccount',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: [...actions],
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
}

/** The same statement for only the alarms of one environment. */
export function alarmsOfEnvironmentMayUseKey(stack: Stack, environmentName: string): PolicyStatement {
  return alarmsOfEnvironmentMay(stack, environmentName, KEY_ACTIONS, '*');
}

/**
 * Allows CloudWatch for the alarms of one environment, by their names, in this account and region. An AWS sample puts both
 * conditions on topic and key: grantCloudWatchAlarmsTopicAccess of aws.github.io/modern-data-architecture-accelerator
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
