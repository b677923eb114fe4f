import { Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Allows a role to import findings into Security Hub in this account and region. The findings belong to the default product
 * of the account, which is the only product that needs no agreement with AWS.
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
