import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { parseJson } from '../connection/parse-json';
import { TenantFailure } from '../connection/tenant';
import { SECRET_PLACEHOLDER_VALUE } from '../contract';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime } from './time-limit';

/** What the secret holds: the credentials of one machine-to-machine application, and optionally whose they are. */
export interface Secret {
  readonly clientId: string;
  readonly clientSecret: string;
  /** When present it must be the environment's domain, or no request is made. */
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
 * `host` is the tenant this environment audits; a secret that names another one is refused.
 */
export async function readSecret(
  client: SecretsManagerClient,
  secretArn: string,
  host: string,
  limitMs = AWS_CALL_MS,
): Promise<Secret> {
  const secret = parseSecret(await readText(client, secretArn, limitMs), secretArn);
  if (secret.domain !== undefined && secret.domain.toLowerCase() !== host) {
    throw new SecretError(
      `Secret ${secretArn}: its domain is not the environment's (${host}), so no request was made. Put the credentials of an application of that tenant there.`,
    );
  }
  return secret;
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

const field = z.string().trim().min(1);
const schema = z.strictObject({ client_id: field, client_secret: field, domain: field.optional() });

/** Reads the JSON of the secret; every wrong field is named at once. */
export function parseSecret(text: string, secretArn: string): Secret {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(describeIssue).join('; ');
    throw new SecretError(
      `Secret ${secretArn}: ${problems}. Expected JSON with client_id and client_secret (texts that are not empty), and optionally domain.`,
    );
  }
  const { client_id: clientId, client_secret: clientSecret, domain } = parsed.data;
  if (clientId === SECRET_PLACEHOLDER_VALUE || clientSecret === SECRET_PLACEHOLDER_VALUE) {
    throw new SecretNotFilledError();
  }
  return { clientId, clientSecret, domain };
}

/** A name that is not ours is not repeated: who mixes up key and value has written a secret there. */
function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.length} unknown field(s)`;
  return issue.path.length === 0 ? 'not a JSON object' : `${issue.path.join('.')} is missing or empty`;
}
