import { isObject, type Json, parseJson } from '../json';
import type { AwsAnswer, AwsError, AwsProduct } from './product';

const TARGET = 'AmazonSSM.';

/** Systems Manager, as much as `GetParameter`: AWS JSON 1.1, the operation in X-Amz-Target. */
export function createParameters(initial: { readonly [name: string]: string }): AwsProduct & {
  /** `undefined` deletes it. */
  set(name: string, value: string | undefined): void;
} {
  const parameters = new Map(Object.entries(initial).map(([name, value]) => [name, { value, version: 1 }]));

  return {
    operationOf(request) {
      const target = request.headers['x-amz-target'];
      return typeof target === 'string' && target.startsWith(TARGET) ? target.slice(TARGET.length) : undefined;
    },
    answer(operation, request) {
      if (operation !== 'GetParameter') {
        return refuse({ status: 400, code: 'UnknownOperationException', message: `not emulated: ${operation}` });
      }
      const parsed = parseJson(request.body.toString('utf8'));
      const name = parsed.ok && isObject(parsed.value) ? parsed.value.Name : undefined;
      const parameter = typeof name === 'string' ? parameters.get(name) : undefined;
      // SSM API reference, GetParameter: "ParameterNotFound: The parameter couldn't be found. Verify the name".
      if (typeof name !== 'string' || parameter === undefined) {
        return refuse({ status: 400, code: 'ParameterNotFound', message: `Parameter ${name} not found.` });
      }
      return json(200, {
        Parameter: {
          ARN: `arn:aws:ssm:eu-west-1:000000000000:parameter${name.startsWith('/') ? '' : '/'}${name}`,
          DataType: 'text',
          LastModifiedDate: 1767225600,
          Name: name,
          Type: 'String',
          Value: parameter.value,
          Version: parameter.version,
        },
      });
    },
    refuse,
    set(name, value) {
      if (value === undefined) parameters.delete(name);
      else parameters.set(name, { value, version: (parameters.get(name)?.version ?? 0) + 1 });
    },
  };
}

function refuse(error: AwsError): AwsAnswer {
  return json(error.status, { __type: error.code, message: error.message });
}

function json(status: number, body: Json): AwsAnswer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
