import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import { TenantFailure } from '../connection/tenant';
import { SECRET_PLACEHOLDER_VALUE } from '../contract';
import type { Credentials } from '../credentials/credentials';
import { KEY_FORM, readPrivateKey } from '../credentials/private-key';
import { parseTenantAddress } from '../tenant-address';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from './time-limit';

/** What the secret holds: the credentials of one machine-to-machine application, and optionally whose they are. */
export interface Secret {
  readonly credentials: Credentials;
  /** When present it must be a domain of the environment, or no request is made. */
  readonly domain: string | undefined;
}

/** Nobody has filled the secret yet. Not a malformed one. */
export class SecretNotFilledError extends TenantFailure {
  constructor() {
    super('setup_needed', 'The secret still holds the placeholder it was deployed with.');
    this.name = 'SecretNotFilledError';
  }
}

/** The secret cannot be read or is not what it has to be. The message names fields and never their values. */
export class SecretError extends TenantFailure {
  constructor(message: string) {
    super('secret_unusable', message);
    this.name = 'SecretError';
  }
}

/**
 * Throws `SecretNotFilledError` or `SecretError`. An AWS error is named, not carried: we cannot know what it holds.
 * `hosts`: the names of the tenant that this environment audits; a secret that names another one is refused.
 */
export async function readSecret(
  client: SecretsManagerClient,
  secretArn: string,
  hosts: readonly string[],
  limitMs = AWS_CALL_MS,
): Promise<Credentials> {
  const { credentials, domain } = parseSecret(await readText(client, secretArn, limitMs), secretArn);
  const named = domain === undefined ? undefined : parseTenantAddress(domain);
  if (named !== undefined && !(named.ok && hosts.includes(named.address.host))) {
    throw new SecretError(
      `Secret ${secretArn}: its domain is not the environment's (${[...new Set(hosts)].join(' or ')}), so no request was made. Put the credentials of an application of that tenant there.`,
    );
  }
  return credentials;
}

async function readText(client: SecretsManagerClient, secretArn: string, limitMs: number): Promise<string> {
  try {
    const command = new GetSecretValueCommand({ SecretId: secretArn });
    const { SecretString } = await inTime(limitMs, (abortSignal) => client.send(command, { abortSignal }));
    return SecretString ?? '';
  } catch (error) {
    const advice = adviceAfter(error, 'Check that it exists and that the role may read it.');
    throw new SecretError(`Reading secret ${secretArn}: ${causeOf(error)}.${advice}`);
  }
}

const FIELDS = ['client_id', 'client_secret', 'private_key', 'kid', 'domain'] as const;
type Fields = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

/** Reads the JSON of the secret; every wrong field is named at once. */
export function parseSecret(text: string, secretArn: string): Secret {
  const { fields, problems } = readFields(parseJson(text));
  const { client_id, client_secret, private_key, kid, domain } = fields;
  if (problems.length === 0 && [client_id, client_secret, private_key].includes(SECRET_PLACEHOLDER_VALUE)) {
    throw new SecretNotFilledError();
  }
  const key = private_key === undefined ? undefined : readPrivateKey(private_key);
  if (key?.ok === false) problems.push(`private_key ${key.problem}, expected ${KEY_FORM}`);
  if (problems.length > 0) {
    throw new SecretError(
      `Secret ${secretArn}: ${problems.join('; ')}. Expected JSON with client_id and either client_secret or private_key (texts that are not empty), and optionally kid (beside private_key) and domain.`,
    );
  }
  const clientId = client_id ?? '';
  if (key?.ok === true) return { credentials: { clientId, privateKey: key.pem, keyId: kid }, domain };
  return { credentials: { clientId, clientSecret: client_secret ?? '' }, domain };
}

const object = z.record(z.string(), z.unknown());
const filled = z.string().trim().min(1);

/** A name that is not ours is not repeated: who mixes up key and value has written a secret there. */
function readFields(value: unknown): { readonly fields: Fields; readonly problems: string[] } {
  const given = object.safeParse(value).data;
  if (given === undefined) return { fields: {}, problems: ['not a JSON object'] };
  const isGiven = (name: (typeof FIELDS)[number]) => given[name] !== undefined;
  const readings = FIELDS.filter(isGiven).map((name) => [name, filled.safeParse(given[name]).data] as const);
  const unknown = Object.keys(given).filter((name) => !FIELDS.some((field) => field === name)).length;
  const problems = [
    ...(isGiven('client_id') ? [] : ['client_id is missing']),
    ...(isGiven('client_secret') || isGiven('private_key') ? [] : ['client_secret or private_key is missing']),
    ...(isGiven('client_secret') && isGiven('private_key') ? ['client_secret and private_key are both given'] : []),
    ...(isGiven('kid') && !isGiven('private_key') ? ['kid is given without private_key'] : []),
    ...readings.filter(([, text]) => text === undefined).map(([name]) => `${name} is empty or no text`),
    ...(unknown === 0 ? [] : [`${unknown} unknown field(s)`]),
  ];
  return { fields: Object.fromEntries(readings), problems };
}
