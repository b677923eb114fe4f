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

/** An error with the code of AWS. Each product writes it in its protocol. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** One AWS product: recognizes its requests, answers them, and writes its errors. All products share one endpoint. */
export interface AwsProduct {
  /** The operation of a request, for example `Publish`; undefined if the request is not for this product. */
  operationOf(request: AwsRequest): string | undefined;
  /** The resource of a request, which a script can select: the key of an object, or the ARN of a topic. */
  resourceOf?(request: AwsRequest): string;
  /** The effect of an operation has happened when this returns. A promise is the answer of a slow operation. */
  answer(operation: string, request: AwsRequest): AwsAnswer | Promise<AwsAnswer>;
  refuse(error: AwsError): AwsAnswer;
}
