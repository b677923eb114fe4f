import { isObject, type Json, type JsonObject, parseJson } from '../json';
import type { AwsAnswer, AwsError, AwsRequest } from './product';

/** AWS JSON of one product: the operation in X-Amz-Target (smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). */
export interface JsonProtocol {
  /** The part after the target of the product and a dot, for example `GetParameter`; undefined for a request to another product. */
  operationOf(request: AwsRequest): string | undefined;
  succeed(body: Json): AwsAnswer;
  refuse(error: AwsError): AwsAnswer;
}

export interface JsonProtocolOptions {
  /** e.g. `AmazonSSM`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /**
   * Whether the product used the Query protocol before: its errors then have their former codes in a header
   * (smithy.io/2.0/aws/protocols/aws-query-protocol.html, awsQueryCompatible).
   */
  readonly isQueryCompatible?: boolean;
}

export function createJsonProtocol({ target, version, isQueryCompatible }: JsonProtocolOptions): JsonProtocol {
  const prefix = `${target}.`;
  const answer = (status: number, body: Json, headers: AwsAnswer['headers'] = {}): AwsAnswer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, ...headers },
    body: JSON.stringify(body),
  });
  return {
    operationOf({ headers }) {
      const asked = headers['x-amz-target'];
      return typeof asked === 'string' && asked.startsWith(prefix) ? asked.slice(prefix.length) : undefined;
    },
    succeed: (body) => answer(200, body),
    refuse({ status, code, message }) {
      const type = status >= 500 ? 'Receiver' : 'Sender';
      return answer(
        status,
        { __type: code, message },
        isQueryCompatible === true ? { 'x-amzn-query-error': `${code};${type}` } : {},
      );
    },
  };
}

/** The members of the body of a request; none if the body is not an object. */
export function readMembers({ body }: AwsRequest): JsonObject {
  const parsed = parseJson(body.toString('utf8'));
  return parsed.ok && isObject(parsed.value) ? parsed.value : {};
}

/** A member that is a string. */
export function textIn(members: JsonObject, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' ? value : undefined;
}

export function unknownOperation(operation: string): AwsError {
  return { status: 400, code: 'UnknownOperationException', message: `not emulated: ${operation}` };
}
