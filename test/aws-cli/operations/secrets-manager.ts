import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NEEDED, type Service, TEXT } from '../operation';

export const SECRETS_MANAGER = {
  'put-secret-value': {
    options: { 'secret-id': NEEDED, 'secret-string': TEXT },
    run: (given, connection) =>
      new SecretsManagerClient(connection).send(
        new PutSecretValueCommand({
          SecretId: given.needed('secret-id'),
          SecretString: given.text('secret-string'),
        }),
      ),
  },
} satisfies Service;
