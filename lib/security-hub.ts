import { Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Lets a role import findings of its own into this account's Security Hub, in this region: as the account's default
 * product, which is the one that needs no agreement with AWS.
 */
export function grantImportFindings(role: IRole): void {
  const { account } = Stack.of(role);
  const product = Stack.of(role).formatArn({
    service: 'securityhub',
    resource: 'product',
    resourceName: `${account}/default`,
  });
  role.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['securityhub:BatchImportFindings'], resources: [product] }),
  );
}
