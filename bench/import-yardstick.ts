import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import axios from 'axios';

/** The minimum work of a function with the same clients before its first request to Auth0, without parsing, checks and judging. */
export async function handler({ secretArn, origin }: { readonly secretArn: string; readonly origin: string }) {
  const secrets = new SecretsManagerClient();
  new SNSClient();
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  await axios.post(`${origin}/oauth/token`, { ...JSON.parse(SecretString), grant_type: 'client_credentials' });
}
