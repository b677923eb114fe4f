import type { AwsAnswer, AwsError, AwsRequest } from './product';
import { escapeXml } from './xml';

/** The Query protocol of one product: a form as request, XML as answer (smithy.io/2.0/aws/protocols/aws-query-protocol.html). */
export interface QueryProtocol {
  /** The `Action` of the form; undefined if the request is not a form of this version of the API. */
  operationOf(request: AwsRequest): string | undefined;
  /** `result` is XML. */
  succeed(operation: string, result: string): AwsAnswer;
  refuse(error: AwsError): AwsAnswer;
}

/** All products share one endpoint. The version of the API distinguishes their forms. */
export function createQueryProtocol(version: string, namespace: string): QueryProtocol {
  return {
    operationOf(request) {
      if (!String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded')) return undefined;
      const form = readForm(request);
      return form.get('Version') === version ? (form.get('Action') ?? undefined) : undefined;
    },
    succeed: (operation, result) =>
      xml(
        200,
        `<${operation}Response xmlns="${namespace}"><${operation}Result>${result}</${operation}Result>` +
          `<ResponseMetadata><RequestId>made-up-request</RequestId></ResponseMetadata></${operation}Response>`,
      ),
    refuse({ status, code, message }) {
      const type = status >= 500 ? 'Receiver' : 'Sender';
      const inner = `<Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
      return xml(
        status,
        `<ErrorResponse xmlns="${namespace}"><Error>${inner}</Error><RequestId>made-up-request</RequestId></ErrorResponse>`,
      );
    },
  };
}

/** The fields of the form in the body of a request. */
export function readForm({ body }: AwsRequest): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

function xml(status: number, body: string): AwsAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
