import { parseSecret, readSecret, SecretError, SecretNotFilledError } from '../../lambda/aws/secret';
import { TenantFailure } from '../../lambda/connection/tenant';
import { SECRET_PLACEHOLDER } from '../../lambda/contract';
import { everythingIn, failureOf } from '../auth0/paced-client';
import { closeAws, openAws, SECRET_ARN } from './aws-clients';

afterEach(closeAws);

const HOST = 'example.eu.auth0.com';
const ID = 'Planted-client-id-4xY';
const SECRET = 'Planted-client-secret-8zW';
const read = async (value: string) => {
  const { secrets } = await openAws({ secrets: { [SECRET_ARN]: value } });
  return readSecret(secrets, SECRET_ARN, HOST);
};

describe('a filled secret', () => {
  const CASES = [
    { claim: 'with two fields', value: { client_id: ID, client_secret: SECRET }, domain: undefined },
    {
      claim: "with the environment's domain",
      value: { client_id: ID, client_secret: SECRET, domain: HOST },
      domain: HOST,
    },
    {
      claim: 'with the domain in capitals',
      value: { client_id: ID, client_secret: SECRET, domain: 'Example.EU.auth0.com' },
      domain: 'Example.EU.auth0.com',
    },
    {
      claim: 'with spaces around, as pasted',
      value: { client_id: ` ${ID}\n`, client_secret: `${SECRET} ` },
      domain: undefined,
    },
  ];
  it.each(CASES)('$claim is read', async ({ value, domain }) => {
    expect(await read(JSON.stringify(value))).toEqual({ clientId: ID, clientSecret: SECRET, domain });
  });
});

describe('a secret that nobody has filled', () => {
  const CASES = [
    SECRET_PLACEHOLDER,
    JSON.stringify({ client_id: 'REPLACE_ME', client_secret: SECRET }),
    JSON.stringify({ client_id: ID, client_secret: 'REPLACE_ME' }),
    JSON.stringify({ client_id: ID, client_secret: ' REPLACE_ME ' }),
  ];
  it.each(CASES)('%s needs setting up', async (value) => {
    const error = await failureOf(read(value));
    expect(error).toBeInstanceOf(SecretNotFilledError);
    expect(error).toMatchObject({ reason: 'setup_needed' });
    expect(everythingIn(error)).not.toContain('Planted');
  });

  it('its placeholder is frozen: a changed text would be written over a live value', () => {
    expect(SECRET_PLACEHOLDER).toBe('{"client_id":"REPLACE_ME","client_secret":"REPLACE_ME"}');
  });
});

describe('a secret that cannot be used', () => {
  const CASES = [
    { claim: 'no JSON', value: `${ID}:${SECRET}`, says: ['not a JSON object'] },
    { claim: 'half a JSON', value: `{"client_id":"${ID}","client_se`, says: ['not a JSON object'] },
    { claim: 'nothing', value: '', says: ['not a JSON object'] },
    { claim: 'an array', value: `["${SECRET}"]`, says: ['not a JSON object'] },
    { claim: 'a text', value: `"${SECRET}"`, says: ['not a JSON object'] },
    { claim: 'null', value: 'null', says: ['not a JSON object'] },
    { claim: 'no field', value: '{}', says: ['client_id is missing or empty', 'client_secret is missing or empty'] },
    { claim: 'no id', value: JSON.stringify({ client_secret: SECRET }), says: ['client_id is missing or empty'] },
    {
      claim: 'an empty secret',
      value: JSON.stringify({ client_id: ID, client_secret: '  ' }),
      says: ['client_secret is missing or empty'],
    },
    {
      claim: 'a number as id',
      value: JSON.stringify({ client_id: 7, client_secret: SECRET }),
      says: ['client_id is missing or empty'],
    },
    {
      claim: 'an empty domain',
      value: JSON.stringify({ client_id: ID, client_secret: SECRET, domain: '' }),
      says: ['domain is missing or empty'],
    },
    {
      claim: 'key and value mixed up',
      value: JSON.stringify({ [SECRET]: 'client_secret', client_id: ID }),
      says: ['client_secret is missing or empty', '1 unknown field(s)'],
    },
    {
      claim: 'camel case',
      value: JSON.stringify({ clientId: ID, clientSecret: SECRET }),
      says: ['client_id is missing or empty', 'client_secret is missing or empty', '2 unknown field(s)'],
    },
  ];
  it.each(CASES)('$claim: every wrong field is named, and no value', async ({ value, says }) => {
    const error = await failureOf(Promise.resolve().then(() => parseSecret(value, SECRET_ARN)));
    expect(error).toBeInstanceOf(SecretError);
    expect(error).toBeInstanceOf(TenantFailure);
    expect(error).toMatchObject({ reason: 'secret_unusable' });
    expect(error.message).toContain(`Secret ${SECRET_ARN}: `);
    for (const words of says) expect(error.message).toContain(words);
    expect(everythingIn(error)).not.toContain('Planted');
  });

  it.each(['other.eu.auth0.com', 'example.eu.auth0.com.evil.example', 'https://example.eu.auth0.com'])(
    "the credentials of %s are not another tenant's",
    async (domain) => {
      const error = await failureOf(read(JSON.stringify({ client_id: ID, client_secret: SECRET, domain })));
      expect(error).toBeInstanceOf(SecretError);
      expect(error.message).toContain(`its domain is not the environment's (${HOST}), so no request was made`);
      expect(everythingIn(error)).not.toContain('Planted');
    },
  );
});

describe('a secret that AWS does not give', () => {
  it('is named with the error when it does not exist', async () => {
    const { secrets } = await openAws();
    const error = await failureOf(readSecret(secrets, SECRET_ARN, HOST));
    expect(error).toBeInstanceOf(SecretError);
    expect(error.message).toBe(
      `Reading secret ${SECRET_ARN}: ResourceNotFoundException. Check that it exists and that the role may read it.`,
    );
  });

  it('is not asked for where no time is left', async () => {
    const { secrets, aws } = await openAws({ secrets: { [SECRET_ARN]: SECRET_PLACEHOLDER } });
    const error = await failureOf(readSecret(secrets, SECRET_ARN, HOST, 0));
    expect(error).toBeInstanceOf(SecretError);
    expect(error.message).toBe(`Reading secret ${SECRET_ARN}: no time left.`);
    expect(aws.calls).toEqual([]);
  });

  it.each(['AccessDeniedException', 'DecryptionFailure', 'InternalServiceError'])(
    'is named with %s, and nothing of what AWS said',
    async (code) => {
      const { secrets, aws } = await openAws({ secrets: { [SECRET_ARN]: SECRET_PLACEHOLDER } });
      aws.failNext('GetSecretValue', { status: 400, code, message: `not for you: ${SECRET}` });
      const error = await failureOf(readSecret(secrets, SECRET_ARN, HOST));
      expect(error.message).toContain(`: ${code}. `);
      expect(everythingIn(error)).not.toContain('Planted');
    },
  );
});
