import type { AwsProduct } from './product';
import { createQueryProtocol, readForm } from './query-protocol';
import { escapeXml } from './xml';

export interface DeployedStack {
  readonly outputs: { readonly [key: string]: string };
}

const VERSION = '2010-05-15';
const { operationOf, succeed, refuse } = createQueryProtocol(
  VERSION,
  `http://cloudformation.amazonaws.com/doc/${VERSION}/`,
);

/** CloudFormation, as much as `DescribeStacks`: the Query protocol, form in and XML out. */
export function createStacks(stacks: { readonly [name: string]: DeployedStack }): AwsProduct {
  return {
    operationOf,
    answer(operation, request) {
      if (operation !== 'DescribeStacks') {
        return refuse({ status: 400, code: 'InvalidAction', message: `not emulated: ${operation}` });
      }
      const name = readForm(request).get('StackName');
      const found = Object.entries(stacks).filter(([each]) => name === null || each === name);
      // CloudFormation API reference, DescribeStacks: "If the stack doesn't exist, a ValidationError is returned."
      if (name !== null && found.length === 0) {
        return refuse({ status: 400, code: 'ValidationError', message: `Stack with id ${name} does not exist` });
      }
      const members = found.map(([each, stack]) => describe(each, stack)).join('');
      return succeed(operation, `<Stacks>${members}</Stacks>`);
    },
    refuse,
  };
}

function describe(name: string, { outputs }: DeployedStack): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${escapeXml(key)}</OutputKey><OutputValue>${escapeXml(value)}</OutputValue></member>`,
  );
  return (
    `<member><StackName>${escapeXml(name)}</StackName><CreationTime>2026-01-01T00:00:00.000Z</CreationTime>` +
    `<StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member>`
  );
}
