import type { Credentials } from '../../lambda/credentials/credentials';
import { KEY_FORM, readPrivateKey } from '../../lambda/credentials/private-key';

type Variables = Readonly<Record<string, string | undefined>>;

const REMEDY = 'not set; export the credentials of the machine-to-machine application, or give --secret ARN';

/** Reads AUTH0_CLIENT_ID with AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY. Adds a problem for each variable that is wrong. */
export function readCredentialVariables(variables: Variables, problems: string[]): Credentials {
  const { AUTH0_CLIENT_ID: clientId = '', AUTH0_CLIENT_SECRET: clientSecret = '' } = variables;
  const { AUTH0_PRIVATE_KEY: pem = '', AUTH0_PRIVATE_KEY_ID: keyId = '' } = variables;
  if (clientId === '') problems.push(`AUTH0_CLIENT_ID: ${REMEDY}`);
  if (keyId !== '' && pem === '') problems.push('AUTH0_PRIVATE_KEY_ID: set without AUTH0_PRIVATE_KEY');
  if (pem === '') {
    if (clientSecret === '') problems.push(`AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY: ${REMEDY}`);
    return { clientId, clientSecret };
  }
  if (clientSecret !== '') {
    problems.push('AUTH0_CLIENT_SECRET and AUTH0_PRIVATE_KEY: both are set; unset the one that is not used');
  }
  const key = readPrivateKey(pem);
  if (!key.ok) problems.push(`AUTH0_PRIVATE_KEY: ${key.problem}; expected ${KEY_FORM}`);
  return { clientId, privateKey: key.ok ? key.pem : '', keyId: keyId === '' ? undefined : keyId };
}
