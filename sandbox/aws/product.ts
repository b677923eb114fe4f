import type { IncomingHttpHeaders } from 'node:http';

export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Buffer;
}

/** An error as AWS names it; each product wraps it in its own protocol. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** One AWS product: knows its requests, answers them, and words its errors. All products share one endpoint. */
export interface AwsProduct {
  /** The operation that a request asks for, e.g. `Publish`; undefined where the request is not for this product. */
  operationOf(request: AwsRequest): string | undefined;
  /** What a request is about, where a script may tell requests of one operation apart: an object's key, a topic's ARN. */
  resourceOf?(request: AwsRequest): string;
  /** What an operation changes is changed when this returns; a promise is the answer of what takes time. */
  answer(operation: string, request: AwsRequest): AwsAnswer | Promise<AwsAnswer>;
  refuse(error: AwsError): AwsAnswer;
}
