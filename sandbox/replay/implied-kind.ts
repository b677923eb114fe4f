import type { TenantKind } from '../auth0/tenant-kind';
import { isObject, type JsonObject } from '../json';
import { optionsOf, shownConnections } from './recorded-tenant';
import type { Interaction } from './recording';

/**
 * Tenants differ by age (see TenantKind). A recording does not contain the age of its tenant, but the keys that the tenant
 * adds to a connection imply it. Without such keys, the tenant counts as the usual tenant.
 */
export function impliedKind(interactions: readonly Interaction[]): Partial<TenantKind> {
  const good = interactions.filter(({ status }) => status < 300);
  const written = good.filter(({ method }) => method === 'POST' || method === 'PATCH');
  const created = good.filter(({ method }) => method === 'POST').flatMap(withAnswer);
  const answers = written.flatMap(withAnswer);
  const read = good.filter(({ method, path }) => method === 'GET' && !path.includes('fields=')).flatMap(withAnswer);

  const database = answers.find(({ answer }) => answer.strategy === 'auth0')?.answer;
  const discovered = answers.find(
    ({ sent, answer }) => optionsOf(sent) !== undefined && (answer.strategy === 'oidc' || answer.strategy === 'okta'),
  )?.answer;
  const saml = created.find(({ answer }) => answer.strategy === 'samlp')?.answer;
  const unsentOptions = created.some(({ sent, answer }) => gained('password_options', sent, answer));
  return {
    passwordSettings: unsentOptions ? 'password_options' : 'passwordPolicy',
    ...(database === undefined ? {} : { passwordMethod: newestMethod(database) }),
    oneTimeCodes: created.some(gainedCodes),
    ...(discovered === undefined ? {} : { mapsAttributes: 'attribute_map' in (optionsOf(discovered) ?? {}) }),
    ...(discovered === undefined ? {} : { schemaVersion: schemaVersion(discovered) }),
    ...(answers[0] === undefined ? {} : { showsPurposes: 'authentication' in answers[0].answer }),
    ...(read[0] === undefined ? {} : { showsClients: 'enabled_clients' in read[0].answer }),
    ...(saml === undefined ? {} : { decryptionSettings: 'assertion_decryption_settings' in (optionsOf(saml) ?? {}) }),
  };
}

interface Exchange {
  readonly sent: Interaction['requestBody'];
  readonly answer: JsonObject;
}

function withAnswer({ requestBody, responseBody }: Interaction): Exchange[] {
  return shownConnections(responseBody).map((answer) => ({ sent: requestBody, answer }));
}

function gained(key: string, sent: Exchange['sent'], answer: JsonObject): boolean {
  return key in (optionsOf(answer) ?? {}) && !(key in (optionsOf(sent) ?? {}));
}

function gainedCodes({ sent, answer }: Exchange): boolean {
  const { authentication_methods: methods } = optionsOf(answer) ?? {};
  return gained('authentication_methods', sent, answer) && isObject(methods) && 'email_otp' in methods;
}

function schemaVersion(discovered: JsonObject): TenantKind['schemaVersion'] {
  const { schema_version: said } = optionsOf(discovered) ?? {};
  if (said === undefined) return 'none';
  return said === 'openid-1.0.0' ? said : 'oidc-V4';
}

function newestMethod(database: JsonObject): TenantKind['passwordMethod'] {
  const { authentication_methods: methods } = optionsOf(database) ?? {};
  const password = isObject(methods) && isObject(methods.password) ? methods.password : undefined;
  if (password === undefined) return 'none';
  if ('signup_behavior' in password) return 'signup_behavior';
  return 'api_behavior' in password ? 'api_behavior' : 'enabled';
}
