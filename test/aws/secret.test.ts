import { parseSecret, SecretError, SecretNotFilledError } from '../../lambda/aws/parse-secret';
import { readSecret } from '../../lambda/aws/secret';
import { TenantFailure } from '../../lambda/connection/tenant';
import { SECRET_PLACEHOLDER } from '../../lambda/contract';
import { makeKey } from '../auth0/made-up-key';
import { everythingIn, failureOf } from '../auth0/paced-client';
import { closeAws, openAws, SECRET_ARN } from './aws-clients';

afterEach(closeAws);

const HOST = 'example.eu.auth0.com';
const CUSTOM = 'login.example.com';
const KEY = makeKey();
const ID = 'Planted-client-id-4xY';
const SECRET = 'Planted-client-secret-8zW';
const read = async (value: string) => {
  const { secrets } = await openAws({ secrets: { [SECRET_ARN]: value } });
  return (await readSecret(secrets, SECRET_ARN, [CUSTOM, HOST])).credentials;
};

test('a secret is returned with the time when it was written', async () => {
  const { aws, secrets } = await openAws({ secrets: { [SECRET_ARN]: 'nothing yet' } });
  aws.setSecret(SECRET_ARN, JSON.stringify({ client_id: ID, client_secret: SECRET }));
  expect((await readSecret(secrets, SECRET_ARN, [HOST])).writtenAt).toBe(Date.UTC(2026, 0, 1));
});

describe('a filled secret', () => {
  const CASES = [
    { claim: 'two fields', value: { client_id: ID, client_secret: SECRET } },
    { claim: "the environment's domain", value: { client_id: ID, client_secret: SECRET, domain: HOST } },
    { claim: "the environment's custom domain", value: { client_id: ID, client_secret: SECRET, domain: CUSTOM } },
    {
      claim: 'a domain in upper case and with https://',
      value: { client_id: ID, client_secret: SECRET, domain: 'https://Example.EU.auth0.com/' },
    },
    { claim: 'spaces around its values', value: { client_id: ` ${ID}\n`, client_secret: `${SECRET} ` } },
  ];
  it.each(CASES)('a secret with $claim is read', async ({ value }) => {
    expect(await read(JSON.stringify(value))).toEqual({ clientId: ID, clientSecret: SECRET });
  });

  const KEYS = [
    { claim: 'PKCS#8', private_key: KEY.pkcs8 },
    { claim: 'PKCS#1', private_key: KEY.pkcs1 },
    { claim: 'escaped line ends', private_key: KEY.pkcs8.replaceAll('\n', '\\n') },
    { claim: 'line ends of Windows', private_key: KEY.pkcs8.replaceAll('\n', '\r\n') },
    { claim: 'no final line end', private_key: KEY.pkcs8.trim() },
  ];
  it.each(KEYS)('a private key in the secret ($claim) is read as PEM', async ({ private_key }) => {
    const expected = private_key === KEY.pkcs1 ? KEY.pkcs1 : KEY.pkcs8;
    expect(await read(JSON.stringify({ client_id: ID, private_key }))).toEqual({ clientId: ID, privateKey: expected });
    const withKid = { client_id: ID, private_key, kid: ' a-kid ', domain: HOST };
    expect(await read(JSON.stringify(withKid))).toEqual({ clientId: ID, privateKey: expected, keyId: 'a-kid' });
  });
});

describe('a secret that was not filled', () => {
  const CASES = [
    SECRET_PLACEHOLDER,
    JSON.stringify({ client_id: 'REPLACE_ME', client_secret: SECRET }),
    JSON.stringify({ client_id: ID, client_secret: 'REPLACE_ME' }),
    JSON.stringify({ client_id: ID, client_secret: ' REPLACE_ME ' }),
  ];
  it.each(CASES)('the secret %s needs setup', async (value) => {
    const error = await failureOf(read(value));
    expect(error).toBeInstanceOf(SecretNotFilledError);
    expect(error).toMatchObject({ reason: 'setup_needed' });
    expect(everythingIn(error)).not.toContain('Planted');
  });

  it('the placeholder is frozen, because a changed text would replace a live value', () => {
    expect(SECRET_PLACEHOLDER).toBe('{"client_id":"REPLACE_ME","client_secret":"REPLACE_ME"}');
  });
});

describe('a secret that cannot be used', () => {
  const CASES = [
    { claim: 'text that is not JSON', value: `${ID}:${SECRET}`, says: ['not a JSON object'] },
    { claim: 'incomplete JSON', value: `{"client_id":"${ID}","client_se`, says: ['not a JSON object'] },
    { claim: 'an empty text', value: '', says: ['not a JSON object'] },
    { claim: 'an array', value: `["${SECRET}"]`, says: ['not a JSON object'] },
    { claim: 'a JSON string', value: `"${SECRET}"`, says: ['not a JSON object'] },
    { claim: 'null', value: 'null', says: ['not a JSON object'] },
    {
      claim: 'an object without fields',
      value: '{}',
      says: ['client_id is missing', 'client_secret or private_key is missing'],
    },
    { claim: 'a missing client_id', value: JSON.stringify({ client_secret: SECRET }), says: ['client_id is missing.'] },
    {
      claim: 'an empty client_secret',
      value: JSON.stringify({ client_id: ID, client_secret: '  ' }),
      says: ['client_secret is empty or not a string'],
    },
    {
      claim: 'a number as client_id',
      value: JSON.stringify({ client_id: 7, client_secret: SECRET }),
      says: ['client_id is empty or not a string'],
    },
    {
      claim: 'an empty domain',
      value: JSON.stringify({ client_id: ID, client_secret: SECRET, domain: '' }),
      says: ['domain is empty or not a string'],
    },
    {
      claim: 'a key and a value mixed up',
      value: JSON.stringify({ [SECRET]: 'client_secret', client_id: ID }),
      says: ['client_secret or private_key is missing', '1 unknown field(s)'],
    },
    {
      claim: 'names in camel case',
      value: JSON.stringify({ clientId: ID, clientSecret: SECRET }),
      says: [
        ': clientId is not recognized, use client_id; clientSecret is not recognized, use client_secret. Expected JSON such',
      ],
    },
    {
      claim: 'the names of environment variables',
      value: JSON.stringify({ AUTH0_CLIENT_ID: ID, AUTH0_PRIVATE_KEY: SECRET, AUTH0_PRIVATE_KEY_ID: 'Planted' }),
      says: [
        'AUTH0_CLIENT_ID is not recognized, use client_id',
        'AUTH0_PRIVATE_KEY_ID is not recognized, use kid. Expected',
      ],
    },
    {
      claim: 'lines of a shell script',
      value: `AUTH0_CLIENT_ID=${ID}\nAUTH0_CLIENT_SECRET=${SECRET}`,
      says: ['not a JSON object. Expected JSON such as {"client_id": "...", "client_secret": "..."}'],
    },
    {
      claim: 'a byte order mark',
      value: `\uFEFF${JSON.stringify({ client_id: ID, client_secret: SECRET })}`,
      says: [': the text begins with a byte order mark; save it as UTF-8 without a byte order mark. Expected'],
    },
    {
      claim: 'a byte order mark before a wrong field',
      value: `\uFEFF${JSON.stringify({ 'Client ID': ID, client_secret: '' })}`,
      says: ['Client ID is not recognized, use client_id', 'client_secret is empty', 'byte order mark'],
    },
    {
      claim: 'a field with a value in its name',
      value: JSON.stringify({ [`client_id ${SECRET}`]: '', client_secret: SECRET }),
      says: ['client_id is missing; 1 unknown field(s)'],
    },
  ];
  const KEYS = [
    {
      claim: 'a private_key that is not PEM',
      value: { private_key: SECRET },
      says: 'private_key is not a private key, expected an RSA private',
    },
    {
      claim: 'an incomplete key',
      value: { private_key: KEY.pkcs8.slice(0, 400) },
      says: 'private_key is not a private key',
    },
    { claim: 'a public key', value: { private_key: KEY.publicPem }, says: 'private_key is not a private key' },
    { claim: 'a key with a passphrase', value: { private_key: KEY.encrypted }, says: 'is encrypted with a passphrase' },
    {
      claim: 'a key of an elliptic curve',
      value: { private_key: KEY.elliptic },
      says: 'private_key is not an RSA key',
    },
    { claim: 'a key of 1,024 bits', value: { private_key: KEY.short }, says: 'private_key has 1024 bits' },
    {
      claim: 'a key together with a client_secret',
      value: { private_key: KEY.pkcs8, client_secret: SECRET },
      says: 'client_secret and private_key are both given',
    },
    {
      claim: 'a kid without a key',
      value: { client_secret: SECRET, kid: 'Planted' },
      says: 'kid is given without private_key',
    },
  ];
  it.each(KEYS)('the error for $claim names the problem, and no line of a key', async ({ value, says }) => {
    const error = await failureOf(read(JSON.stringify({ client_id: ID, ...value })));
    expect(error).toMatchObject({ reason: 'secret_unusable', message: expect.stringContaining(says) });
    const printed = everythingIn(error);
    expect(printed).not.toContain('Planted');
    for (const line of (value.private_key ?? '').split('\n')) if (line.length > 5) expect(printed).not.toContain(line);
  });

  it.each(CASES)('the error for $claim names every wrong field, and no value', async ({ value, says }) => {
    const error = await failureOf(Promise.resolve().then(() => parseSecret(value, `Secret ${SECRET_ARN}`)));
    expect(error).toBeInstanceOf(SecretError);
    expect(error).toBeInstanceOf(TenantFailure);
    expect(error).toMatchObject({ reason: 'secret_unusable' });
    expect(error.message).toContain(`Secret ${SECRET_ARN}: `);
    for (const words of says) expect(error.message).toContain(words);
    expect(everythingIn(error)).not.toContain('Planted');
  });

  it.each(['other.eu.auth0.com', 'example.eu.auth0.com.evil.example', 'https://example.eu.auth0.com/x'])(
    'a secret with the domain %s of another tenant is refused',
    async (domain) => {
      const error = await failureOf(read(JSON.stringify({ client_id: ID, client_secret: SECRET, domain })));
      expect(error).toBeInstanceOf(SecretError);
      expect(error.message).toContain(
        `its domain is not a domain of the environment (${CUSTOM} or ${HOST}), so no request was made`,
      );
      expect(everythingIn(error)).not.toContain('Planted');
    },
  );
});

describe('a secret that AWS does not return', () => {
  it('a secret that does not exist is named with the error', async () => {
    const { secrets } = await openAws();
    const error = await failureOf(readSecret(secrets, SECRET_ARN, [HOST]));
    expect(error).toBeInstanceOf(SecretError);
    expect(error.message).toBe(
      `Reading secret ${SECRET_ARN}: ResourceNotFoundException. Check that the secret exists and that the role is allowed to read it.`,
    );
  });

  it('a secret is not requested without time left', async () => {
    const { secrets, aws } = await openAws({ secrets: { [SECRET_ARN]: SECRET_PLACEHOLDER } });
    const error = await failureOf(readSecret(secrets, SECRET_ARN, [HOST], 0));
    expect(error).toBeInstanceOf(SecretError);
    expect(error.message).toBe(`Reading secret ${SECRET_ARN}: no time left.`);
    expect(aws.calls).toEqual([]);
  });

  it.each(['AccessDeniedException', 'DecryptionFailure', 'InternalServiceError'])(
    'a secret refused with %s is named without the message of AWS',
    async (code) => {
      const { secrets, aws } = await openAws({ secrets: { [SECRET_ARN]: SECRET_PLACEHOLDER } });
      aws.failNext('GetSecretValue', { status: 400, code, message: `not for you: ${SECRET}` });
      const error = await failureOf(readSecret(secrets, SECRET_ARN, [HOST]));
      expect(error.message).toContain(`: ${code}. `);
      expect(everythingIn(error)).not.toContain('Planted');
    },
  );
});
