import type { Template } from 'aws-cdk-lib/assertions';
import { templateOf } from '../synthesize';

interface Statement {
  readonly Action: string | readonly string[];
}

/** The statements of all roles in which an action of Security Hub occurs. */
function statementsOn(template: Template): Statement[] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('securityhub:')));
}

test('the function can only import findings as the default product of the account if Security Hub is enabled', () => {
  const account = { Ref: 'AWS::AccountId' };
  const product = ['arn:', { Ref: 'AWS::Partition' }, ':securityhub:', { Ref: 'AWS::Region' }, ':', account];
  expect(statementsOn(templateOf({ securityHub: true }))).toEqual([
    {
      Effect: 'Allow',
      Action: 'securityhub:BatchImportFindings',
      Resource: { 'Fn::Join': ['', [...product, ':product/', account, '/default']] },
    },
  ]);
});

test.each([[{}], [{ securityHub: false }]])('the function has no right on Security Hub with %j', (settings) => {
  expect(statementsOn(templateOf(settings))).toEqual([]);
});
