import type { AwsProduct } from './product';
import { createQueryProtocol, readForm } from './query-protocol';
import { ACCOUNT, isElsewhere, signedRegion } from './region';
import { escapeXml } from './xml';

export interface DeployedStack {
  /** The region of the stack. Default: the region of the sandbox, otherwise all regions. */
  readonly region?: string;
  readonly outputs: { readonly [key: string]: string };
}

const VERSION = '2010-05-15';
const { operationOf, succeed, refuse } = createQueryProtocol(
  VERSION,
  `http://cloudformation.amazonaws.com/doc/${VERSION}/`,
);

/** CloudFormation with `DescribeStacks` on one page: the Query protocol, with a form as request and XML as answer. */
export function createStacks(
  stacks: { readonly [name: string]: DeployedStack },
  defaultRegion: string | undefined,
): AwsProduct {
  return {
    operationOf,
    answer(operation, request) {
      if (operation !== 'DescribeStacks') {
        return refuse({ status: 400, code: 'InvalidAction', message: `not emulated: ${operation}` });
      }
      // CloudFormation API reference, DescribeStacks: StackName is "the name or the unique stack ID".
      const asked = readForm(request).get('StackName');
      const found = Object.entries(stacks)
        .map(([name, stack], position) => {
          const region = stack.region ?? defaultRegion;
          const id = stackId(name, region ?? signedRegion(request) ?? '', position);
          return { name, region, id, outputs: stack.outputs };
        })
        .filter(({ name, id, region }) => !isElsewhere(request, region) && [null, name, id].includes(asked));
      // "If the stack doesn't exist, a ValidationError is returned": it does not exist in other regions.
      if (asked !== null && found.length === 0) {
        return refuse({ status: 400, code: 'ValidationError', message: `Stack with id ${asked} does not exist` });
      }
      return succeed(operation, `<Stacks>${found.map(describe).join('')}</Stacks>`);
    },
    refuse,
  };
}

function stackId(name: string, region: string, position: number): string {
  const uuid = `00000000-0000-4000-8000-${String(position + 1).padStart(12, '0')}`;
  return `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${name}/${uuid}`;
}

function describe({ name, id, outputs }: { name: string; id: string; outputs: DeployedStack['outputs'] }): string {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${escapeXml(key)}</OutputKey><OutputValue>${escapeXml(value)}</OutputValue></member>`,
  );
  return (
    `<member><StackId>${escapeXml(id)}</StackId><StackName>${escapeXml(name)}</StackName>` +
    '<CreationTime>2026-01-01T00:00:00.000Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus>' +
    `<Outputs>${members.join('')}</Outputs></member>`
  );
}
