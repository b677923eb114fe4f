import type { Json, JsonObject } from '../json';

/** The answer of an emulated endpoint. The server adds the transport. */
export interface Answer {
  readonly status: number;
  readonly body: Json | undefined;
  readonly headers?: { readonly [name: string]: string };
}

/** The Management API's error envelope: `{statusCode, error, message, errorCode?}` (recorded: every 4xx). */
export function failure(status: number, error: string, message: string, errorCode?: string): Answer {
  const body: JsonObject = { statusCode: status, error, message };
  if (errorCode !== undefined) body.errorCode = errorCode;
  return { status, body };
}

export function badRequest(message: string, errorCode = 'invalid_body'): Answer {
  return failure(400, 'Bad Request', message, errorCode);
}

/** Envelope of ISS alexkappa/terraform-provider-auth0#24. The reasons have the texts of its JSON Schema validator. */
export function invalidBody(reason: string, property?: string): Answer {
  return badRequest(
    `Payload validation error: '${reason}'${property === undefined ? '.' : ` on property ${property}.`}`,
  );
}

/** unconfirmed: text and errorCode of a refused query, by analogy with a refused body. */
export function invalidQuery(reason: string, property?: string): Answer {
  const where = property === undefined ? '.' : ` on property ${property}.`;
  return badRequest(`Query validation error: '${reason}'${where}`, 'invalid_query_string');
}

/** recorded: TestAccDataSourceConnection */
export function noSuchConnection(): Answer {
  return failure(404, 'Not Found', 'The connection does not exist', 'inexistent_connection');
}

/** recorded: deploy-cli (directory provisionings); SPEC names the same text for connections. */
export function insufficientScope(scope: string): Answer {
  return failure(403, 'Forbidden', `Insufficient scope, expected any of: ${scope}`, 'insufficient_scope');
}

/** Public captures: 401 bodies have no errorCode, and validation failures carry `attributes.error`. */
export function unauthorized(message: string): Answer {
  return { status: 401, body: { statusCode: 401, error: 'Unauthorized', message, attributes: { error: message } } };
}
