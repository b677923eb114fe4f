import type { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * The place of the network interfaces of the function. The subnets must be private and reach the internet through NAT. Only
 * the id of each construct is needed.
 */
export interface VpcNetwork {
  readonly subnets: readonly Pick<ISubnet, 'subnetId'>[];
  readonly securityGroups: readonly Pick<ISecurityGroup, 'securityGroupId'>[];
}

/** The actions of Lambda with the role of a function in a VPC: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Allows Lambda to create the network interfaces of the function, and denies it to the code of the function, as the page
 * above recommends. Only requests from the code of a function contain the condition key. The page names the function in the
 * policy. Here only one function has the role, and the function is created after the policy, so the policy cannot name it:
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function grantInterfaces(role: IRole): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: INTERFACE_ACTIONS, resources: ['*'] }));
  role.addToPrincipalPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: INTERFACE_ACTIONS,
      resources: ['*'],
      conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  );
}
