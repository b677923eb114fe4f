import { isObject, type Json, type JsonObject, without } from '../json';
import { type Answer, failure, insufficientScope } from './answers';

/** The scopes that an audit needs. */
export const AUDIT_SCOPES = ['read:connections', 'read:connections_options'] as const;
/** The scopes that a repair also needs. */
export const REMEDIATION_SCOPES = [...AUDIT_SCOPES, 'update:connections', 'update:connections_options'] as const;
/** All scopes that the sandbox supports. */
export const ALL_SCOPES = [...REMEDIATION_SCOPES, 'create:connections', 'delete:connections', 'read:logs'] as const;

const REQUIRED: { readonly [method: string]: string } = {
  GET: 'read:connections',
  POST: 'create:connections',
  PATCH: 'update:connections',
  DELETE: 'delete:connections',
};

/** Options whose values are secrets. The recordings show them as plain text (AzureAD, Okta, SMS, SAML, google-apps). */
const SECRETS = [
  'client_secret',
  'twilio_token',
  'gateway_authentication',
  'decryptionKey',
  'signing_key',
  'admin_access_token',
  'admin_refresh_token',
];

/** The refusal if these scopes are not enough for a request to the connections endpoints, otherwise undefined. */
export function refuseAccess(method: string, body: Json | undefined, scopes: readonly string[]): Answer | undefined {
  const required = REQUIRED[method] ?? 'read:connections';
  if (!scopes.includes(required)) return insufficientScope(required);
  const optionsScope = 'update:connections_options';
  if (method === 'PATCH' && isObject(body) && 'options' in body && !scopes.includes(optionsScope)) {
    return noOptionsScope(optionsScope);
  }
  return undefined;
}

/**
 * docs migrate-connection-options-scope.mdx: a PATCH with options needs the second scope. ISS auth0 community 186248
 * contains the status and the beginning of the text. unconfirmed: the text after the name of the scope, and the errorCode.
 */
function noOptionsScope(scope: string): Answer {
  return failure(
    403,
    'Forbidden',
    `Updating the "options" property requires the "${scope}" scope.`,
    'insufficient_scope',
  );
}

/**
 * docs migrate-connection-options-scope.mdx: without read:connections_options the answer is a 200 without the key `options`.
 * It contains no information about the stored options.
 */
export function hideOptions(body: Json | undefined, scopes: readonly string[]): Json | undefined {
  if (scopes.includes('read:connections_options') || body === undefined) return body;
  if (Array.isArray(body))
    return body.map((connection) => (isObject(connection) ? without(connection, ['options']) : connection));
  if (!isObject(body)) return body;
  const { connections } = body;
  if (Array.isArray(connections)) return { ...body, connections: hideOptions(connections, scopes) ?? [] };
  return without(body, ['options']);
}

/** The names of the secret options in an answer, for the log of the tenant. */
export function secretsIn(body: Json | undefined): string[] {
  const shown: readonly Json[] = Array.isArray(body) ? body : isObject(body) ? (listed(body) ?? [body]) : [];
  const names = new Set<string>();
  for (const connection of shown) {
    const options = isObject(connection) ? connection.options : undefined;
    if (!isObject(options)) continue;
    for (const name of SECRETS) if (name in options) names.add(name);
  }
  return [...names];
}

function listed(body: JsonObject): readonly Json[] | undefined {
  const { connections } = body;
  return Array.isArray(connections) ? connections : undefined;
}
