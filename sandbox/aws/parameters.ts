import type { JsonObject } from '../json';
import { createJsonProtocol, readMembers, textIn, unknownOperation } from './json-protocol';
import type { AwsAnswer, AwsError, AwsProduct, AwsRequest } from './product';
import { ACCOUNT, isElsewhere, signedRegion } from './region';

export interface Parameters {
  /** The current value of a parameter; undefined if there is none. */
  get(name: string): string | undefined;
  /** `undefined` deletes it. */
  set(name: string, value: string | undefined): void;
}

const { operationOf, succeed, refuse } = createJsonProtocol({ target: 'AmazonSSM', version: '1.1' });

/** All changes have the same time: seconds since 1970. */
const MODIFIED = 1767225600;

/**
 * Systems Manager with `GetParameter`, `GetParameterHistory` on one page, and `PutParameter` of strings, in one region, or in
 * all regions if no region is set.
 */
export function createParameters(
  initial: { readonly [name: string]: string },
  { region, identity }: { readonly region: string | undefined; readonly identity: string | undefined },
): AwsProduct & Parameters {
  /** The values of each parameter, the oldest first. */
  const parameters = new Map(Object.entries(initial).map(([name, value]) => [name, [value]]));

  /** Returns the version. */
  function set(name: string, value: string): number {
    const values = [...(parameters.get(name) ?? []), value];
    parameters.set(name, values);
    return values.length;
  }

  function find(request: AwsRequest): { readonly name: string; readonly values: readonly string[] } | AwsAnswer {
    const name = textIn(readMembers(request), 'Name') ?? '';
    const values = isElsewhere(request, region) ? undefined : parameters.get(name);
    // SSM API reference, GetParameter: "ParameterNotFound: The parameter couldn't be found. Verify the name".
    return values === undefined
      ? refuse({ status: 400, code: 'ParameterNotFound', message: `Parameter ${name} not found.` })
      : { name, values };
  }

  function get(request: AwsRequest): AwsAnswer {
    const found = find(request);
    if (!('values' in found)) return found;
    const { name, values } = found;
    return succeed({
      Parameter: {
        ARN: `arn:aws:ssm:${region ?? signedRegion(request)}:${ACCOUNT}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
        DataType: 'text',
        LastModifiedDate: MODIFIED,
        Name: name,
        Type: 'String',
        Value: values.at(-1) ?? '',
        Version: values.length,
      },
    });
  }

  /** docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterHistory.html: the author of a change is an ARN. */
  function getHistory(request: AwsRequest): AwsAnswer {
    const found = find(request);
    if (!('values' in found)) return found;
    const changes = found.values.map((value, index) => ({
      Name: found.name,
      Type: 'String',
      LastModifiedDate: MODIFIED,
      ...(identity !== undefined && { LastModifiedUser: identity }),
      Value: value,
      Version: index + 1,
    }));
    return succeed({ Parameters: changes });
  }

  function put(request: AwsRequest): AwsAnswer {
    const members = readMembers(request);
    const name = textIn(members, 'Name') ?? '';
    const isNew = isElsewhere(request, region) || !parameters.has(name);
    const problem = findProblem(members, isNew);
    if (problem !== undefined) return refuse(problem);
    // A parameter with the same name in another region is another parameter, which is not emulated.
    const version = isElsewhere(request, region) ? 1 : set(name, textIn(members, 'Value') ?? '');
    return succeed({ Tier: 'Standard', Version: version });
  }

  return {
    operationOf,
    answer(operation, request) {
      if (operation === 'GetParameter') return get(request);
      if (operation === 'GetParameterHistory') return getHistory(request);
      return operation === 'PutParameter' ? put(request) : refuse(unknownOperation(operation));
    },
    refuse,
    get: (name) => parameters.get(name)?.at(-1),
    set(name, value) {
      if (value === undefined) parameters.delete(name);
      else set(name, value);
    },
  };
}

/**
 * docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html: Overwrite is false by default, and "You must
 * specify a parameter type when creating a parameter", with Overwrite too. The message for an existing parameter comes from
 * github.com/hashicorp/terraform-provider-aws/issues/13578; the other messages are *unconfirmed*.
 */
function findProblem(members: JsonObject, isNew: boolean): AwsError | undefined {
  if (!textIn(members, 'Value')) {
    const message =
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1";
    return { status: 400, code: 'ValidationException', message };
  }
  if (isNew) {
    const message = 'A parameter type is required when you create a parameter.';
    return members.Type === undefined ? { status: 400, code: 'ValidationException', message } : undefined;
  }
  if (members.Overwrite === true) return undefined;
  return {
    status: 400,
    code: 'ParameterAlreadyExists',
    message: 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  };
}
