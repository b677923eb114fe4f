import { createJsonProtocol, readMembers, textIn, unknownOperation } from './json-protocol';
import type { AwsAnswer, AwsProduct, AwsRequest } from './product';
import { isElsewhere, regionOfArn } from './region';

export interface Secrets {
  /** The current value of a secret; undefined if there is none. */
  get(arn: string): string | undefined;
  set(arn: string, value: string): void;
}

const { operationOf, succeed, refuse } = createJsonProtocol({ target: 'secretsmanager', version: '1.1' });

/** Secrets Manager with `GetSecretValue` and `PutSecretValue` of strings, in the region of the ARN of each secret. */
export function createSecrets(initial: { readonly [arn: string]: string }): AwsProduct & Secrets {
  const secrets = new Map(Object.entries(initial).map(([arn, value]) => [arn, { value, version: 1, id: idOf(1) }]));

  function set(arn: string, value: string, id?: string): string {
    const version = (secrets.get(arn)?.version ?? 1) + 1;
    const secret = { value, version, id: id ?? idOf(version) };
    secrets.set(arn, secret);
    return secret.id;
  }

  function get(arn: string): AwsAnswer {
    const secret = secrets.get(arn);
    if (secret === undefined) return refuse(NOT_FOUND);
    return succeed({ ...described(arn, secret.id), SecretString: secret.value, CreatedDate: 1767225600 });
  }

  /**
   * docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html: ClientRequestToken "becomes the
   * VersionId of the new version", and the new version gets the label AWSCURRENT.
   */
  function put(arn: string, request: AwsRequest): AwsAnswer {
    const members = readMembers(request);
    const value = textIn(members, 'SecretString');
    if (!secrets.has(arn)) return refuse(NOT_FOUND);
    if (value === undefined) {
      const message = 'You must provide either SecretString or SecretBinary.';
      return refuse({ status: 400, code: 'InvalidRequestException', message });
    }
    return succeed(described(arn, set(arn, value, textIn(members, 'ClientRequestToken'))));
  }

  return {
    operationOf,
    answer(operation, request) {
      const arn = textIn(readMembers(request), 'SecretId') ?? '';
      if (isElsewhere(request, regionOfArn(arn))) return refuse(NOT_FOUND);
      if (operation === 'GetSecretValue') return get(arn);
      return operation === 'PutSecretValue' ? put(arn, request) : refuse(unknownOperation(operation));
    },
    refuse,
    get: (arn) => secrets.get(arn)?.value,
    set,
  };
}

const NOT_FOUND = {
  status: 400,
  code: 'ResourceNotFoundException',
  message: "Secrets Manager can't find the specified secret.",
};

function described(arn: string, id: string) {
  return { ARN: arn, Name: arn.split(':').at(-1) ?? arn, VersionId: id, VersionStages: ['AWSCURRENT'] };
}

function idOf(version: number): string {
  return `00000000-0000-4000-8000-${String(version).padStart(12, '0')}`;
}
