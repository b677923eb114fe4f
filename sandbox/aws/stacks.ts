import type { AwsAnswer, AwsError, AwsProduct } from './product';
import { escapeXml } from './xml';

export interface DeployedStack {
  readonly outputs: { readonly [key: string]: string };
}

/** The API's version, which tells its forms from those of other products of the Query protocol. */
const VERSION = '2010-05-15';
const NAMESPACE = `http://cloudformation.amazonaws.com/doc/${VERSION}/`;

/** CloudFormation, as much as `DescribeStacks`: the Query protocol, form in and XML out. */
export function createStacks(stacks: { readonly [name: string]: DeployedStack }): AwsProduct {
  return {
    operationOf(request) {
      const form = new URLSearchParams(request.body.toString('utf8'));
      return form.get('Version') === VERSION ? (form.get('Action') ?? undefined) : undefined;
    },
    answer(operation, request) {
      if (operation !== 'DescribeStacks') {
        return refuse({ status: 400, code: 'InvalidAction', message: `not emulated: ${operation}` });
      }
      const name = new URLSearchParams(request.body.toString('utf8')).get('StackName');
      const found = Object.entries(stacks).filter(([each]) => name === null || each === name);
      // CloudFormation API reference, DescribeStacks: "If the stack doesn't exist, a ValidationError is returned."
      if (name !== null && found.length === 0) {
        return refuse({ status: 400, code: 'ValidationError', message: `Stack with id ${name} does not exist` });
      }
      const members = found.map(([each, stack]) => describe(each, stack)).join('');
      return xml(
        200,
        `<DescribeStacksResponse xmlns="${NAMESPACE}"><DescribeStacksResult><Stacks>${members}</Stacks>` +
          '</DescribeStacksResult><ResponseMetadata><RequestId>made-up-request</RequestId></ResponseMetadata>' +
          '</DescribeStacksResponse>',
      );
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

function refuse({ status, code, message }: AwsError): AwsAnswer {
  const type = status >= 500 ? 'Receiver' : 'Sender';
  const inner = `<Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  return xml(
    status,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error>${inner}</Error><RequestId>made-up-request</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, body: string): AwsAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
