import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import { TenantFailure } from '../connection/tenant';
import { SECRET_PLACEHOLDER_VALUE } from '../contract';
import type { Credentials } from '../credentials/credentials';
import { KEY_FORM, readPrivateKey } from '../credentials/private-key';

/**
 * The content of the secret: the credentials of one machine-to-machine application, and optionally the domain of its
 * tenant.
 */
export interface Secret {
  readonly credentials: Credentials;
  /** If present, it must be a domain of the environment. Otherwise no request is made. */
  readonly domain: string | undefined;
}

/** The secret has not been filled yet. It is not malformed. */
export class SecretNotFilledError extends TenantFailure {
  constructor() {
    super('setup_needed', 'The secret still contains the placeholder it was deployed with.');
    this.name = 'SecretNotFilledError';
  }
}

/** The secret cannot be read or does not have the required form. The message names fields and never their values. */
export class SecretError extends TenantFailure {
  constructor(message: string) {
    super('secret_unusable', message);
    this.name = 'SecretError';
  }
}

/** The fields, each with other spellings that users paste. */
const FIELDS = {
  client_id: /^(auth0[_-]?)?client[_ -]?id$/i,
  client_secret: /^(auth0[_-]?)?client[_ -]?secret$/i,
  private_key: /^(auth0[_-]?)?private[_ -]?key$/i,
  kid: /^(auth0[_-]?)?((private[_ -]?)?key[_ -]?id|kid)$/i,
  domain: /^(auth0[_-]?)?domain$/i,
} as const;
type Field = keyof typeof FIELDS;
type Fields = Readonly<Partial<Record<Field, string>>>;

const EXPECTED =
  'Expected JSON such as {"client_id": "...", "client_secret": "..."}: client_id and either client_secret or private_key (non-empty strings), and optionally kid (only with private_key) and domain.';

/**
 * Some editors and shells write it before a text. RFC 8259 forbids it:
 * https://www.rfc-editor.org/rfc/rfc8259#section-8.1.
 */
const BYTE_ORDER_MARK = '\uFEFF';

/** Reads the JSON of a secret and reports all wrong fields together. `what`: the name of the text in messages. */
export function parseSecret(text: string, what: string): Secret {
  const hasMark = text.startsWith(BYTE_ORDER_MARK);
  const { fields, problems } = readFields(parseJson(hasMark ? text.slice(1) : text));
  const { client_id, client_secret, private_key, kid, domain } = fields;
  if (problems.length === 0 && [client_id, client_secret, private_key].includes(SECRET_PLACEHOLDER_VALUE)) {
    throw new SecretNotFilledError();
  }
  const key = private_key === undefined ? undefined : readPrivateKey(private_key);
  if (key?.ok === false) problems.push(`private_key ${key.problem}, expected ${KEY_FORM}`);
  if (hasMark) problems.push('the text begins with a byte order mark; save it as UTF-8 without a byte order mark');
  if (problems.length > 0) throw new SecretError(`${what}: ${problems.join('; ')}. ${EXPECTED}`);
  const clientId = client_id ?? '';
  if (key?.ok === true) return { credentials: { clientId, privateKey: key.pem, keyId: kid }, domain };
  return { credentials: { clientId, clientSecret: client_secret ?? '' }, domain };
}

const object = z.record(z.string(), z.unknown());
const filled = z.string().trim().min(1);

/** Messages do not repeat an unknown name: a user who mixes up key and value has written a secret there. */
function readFields(value: unknown): { readonly fields: Fields; readonly problems: string[] } {
  const given = object.safeParse(value).data;
  if (given === undefined) return { fields: {}, problems: ['not a JSON object'] };
  const names = Object.keys(given);
  const isGiven = (field: Field) => given[field] !== undefined;
  const misspelt = names.flatMap((name) => {
    const meant = isField(name) ? undefined : FIELD_NAMES.find((field) => FIELDS[field].test(name));
    return meant === undefined ? [] : [{ name, meant }];
  });
  const isMeant = (field: Field) => isGiven(field) || misspelt.some(({ meant }) => meant === field);
  const readings = FIELD_NAMES.filter(isGiven).map((name) => [name, filled.safeParse(given[name]).data] as const);
  const unknown = names.filter((name) => !isField(name)).length - misspelt.length;
  const problems = [
    ...misspelt.map(({ name, meant }) => `${name} is not recognized, use ${meant}`),
    ...(isMeant('client_id') ? [] : ['client_id is missing']),
    ...(isMeant('client_secret') || isMeant('private_key') ? [] : ['client_secret or private_key is missing']),
    ...(isGiven('client_secret') && isGiven('private_key') ? ['client_secret and private_key are both given'] : []),
    ...(isGiven('kid') && !isMeant('private_key') ? ['kid is given without private_key'] : []),
    ...readings.filter(([, text]) => text === undefined).map(([name]) => `${name} is empty or not a string`),
    ...(unknown === 0 ? [] : [`${unknown} unknown field(s)`]),
  ];
  return { fields: Object.fromEntries(readings), problems };
}

const FIELD_NAMES = Object.keys(FIELDS).filter(isField);

function isField(name: string): name is Field {
  return Object.hasOwn(FIELDS, name);
}
