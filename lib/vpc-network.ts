import type { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Where the function's network interfaces lie; the subnets must be private and reach the internet through NAT. Of each
 * construct its id is enough.
 */
export interface VpcNetwork {
  readonly subnets: readonly Pick<ISubnet, 'subnetId'>[];
  readonly securityGroups: readonly Pick<ISecurityGroup, 'securityGroupId'>[];
}

/** What Lambda does with the role of a function in a VPC: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Lets Lambda make the function's network interfaces, and denies it to the function's own code, as that page advises.
 * The key is part of every request of a function's code, and of no other. The page names the one function; ours is the
 * only one with this role, and is made after this policy, so that the policy cannot name it:
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
