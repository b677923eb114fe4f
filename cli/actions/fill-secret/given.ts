import { readFileSync } from 'node:fs';
import { parseSecret, type Secret, SecretError, SecretNotFilledError } from '../../../lambda/aws/parse-secret';
import { isOneOf } from '../../../lambda/aws/secret';
import { TargetError } from '../../target-error';
import type { Terminal } from '../../terminal';

/** A private key instead of a client secret, as the options name it. */
interface GivenKey {
  /** The file that contains it, as PEM text. */
  readonly privateKey: string | undefined;
  readonly keyId: string | undefined;
}

interface Reading {
  readonly hosts: readonly string[];
  readonly terminal: Terminal;
}

/** Reads the credentials from the operator, or as JSON from stdin. Throws `TargetError`, which quotes nothing of them. */
export async function readGiven(key: GivenKey, { hosts, terminal }: Reading): Promise<Secret> {
  try {
    const given = await readText(key, terminal);
    const secret = parseSecret(given.replace(/^\uFEFF/, ''), 'These credentials cannot be used');
    if (secret.domain === undefined || isOneOf(hosts, secret.domain)) return secret;
    throw new TargetError([`domain: expected the domain of the environment (${[...new Set(hosts)].join(' or ')})`]);
  } catch (error) {
    if (error instanceof SecretNotFilledError) {
      throw new TargetError(['These credentials cannot be used: they are the placeholder of the stack.']);
    }
    throw error instanceof SecretError ? new TargetError([error.message]) : error;
  }
}

async function readText({ privateKey, keyId }: GivenKey, terminal: Terminal): Promise<string> {
  if (keyId !== undefined && privateKey === undefined) throw new TargetError(['--key-id: also give --private-key']);
  const key = privateKey === undefined ? undefined : readKeyFile(privateKey);
  const { ask } = terminal;
  if (ask === undefined) {
    if (key !== undefined)
      throw new TargetError(['--private-key: needs a terminal, because the command asks for the client id']);
    return terminal.readInput();
  }
  const clientId = await ask('Client ID: ', { isHidden: false });
  if (clientId === undefined) throw new TargetError(['interrupted; nothing was written']);
  if (key !== undefined) {
    return JSON.stringify({ client_id: clientId, private_key: key, ...(keyId === undefined ? {} : { kid: keyId }) });
  }
  const clientSecret = await ask('Client secret (not shown): ', { isHidden: true });
  if (clientSecret === undefined) throw new TargetError(['interrupted; nothing was written']);
  return JSON.stringify({ client_id: clientId, client_secret: clientSecret });
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new TargetError([`--private-key ${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
