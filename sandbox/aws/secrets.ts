import { isObject, type Json, parseJson } from '../json';
import type { AwsAnswer, AwsError, AwsProduct } from './product';

const TARGET = 'secretsmanager.';

/** Secrets Manager, as much as `GetSecretValue`: AWS JSON 1.1, the operation in X-Amz-Target. */
export function createSecrets(initial: { readonly [arn: string]: string }): AwsProduct & {
  set(arn: string, value: string): void;
} {
  const secrets = new Map(Object.entries(initial));
  const versions = new Map<string, number>();

  return {
    operationOf(request) {
      const target = request.headers['x-amz-target'];
      return typeof target === 'string' && target.startsWith(TARGET) ? target.slice(TARGET.length) : undefined;
    },
    answer(operation, request) {
      if (operation !== 'GetSecretValue') return refuse(unknownOperation(operation));
      const parsed = parseJson(request.body.toString('utf8'));
      const secretId = parsed.ok && isObject(parsed.value) ? parsed.value.SecretId : undefined;
      const value = typeof secretId === 'string' ? secrets.get(secretId) : undefined;
      if (typeof secretId !== 'string' || value === undefined) {
        return refuse({
          status: 400,
          code: 'ResourceNotFoundException',
          message: "Secrets Manager can't find the specified secret.",
        });
      }
      return json(200, {
        ARN: secretId,
        Name: secretId.split(':').at(-1) ?? secretId,
        VersionId: `00000000-0000-4000-8000-${String(versions.get(secretId) ?? 1).padStart(12, '0')}`,
        SecretString: value,
        VersionStages: ['AWSCURRENT'],
        CreatedDate: 1767225600,
      });
    },
    refuse,
    set(arn, value) {
      versions.set(arn, (versions.get(arn) ?? 1) + 1);
      secrets.set(arn, value);
    },
  };
}

function refuse(error: AwsError): AwsAnswer {
  return json(error.status, { __type: error.code, message: error.message });
}

function unknownOperation(operation: string): AwsError {
  return { status: 400, code: 'UnknownOperationException', message: `not emulated: ${operation}` };
}

function json(status: number, body: Json): AwsAnswer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
