import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { type AwsOptions, type AwsSandbox, startAws } from '../../sandbox/aws/server';

export const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:Auth0Client-AbCdEf';
export const ALERTS_ARN = 'arn:aws:sns:eu-central-1:111122223333:Alerts';
export const FINDINGS_ARN = 'arn:aws:sns:eu-central-1:111122223333:Findings';

/** The real SDK clients, connected to a separate emulation. */
export interface AwsClients {
  readonly aws: AwsSandbox;
  readonly secrets: SecretsManagerClient;
  readonly sns: SNSClient;
}

const opened: AwsClients[] = [];

export async function openAws(options: AwsOptions = {}): Promise<AwsClients> {
  const aws = await startAws({ port: 0, topics: { [ALERTS_ARN]: [], [FINDINGS_ARN]: [] }, ...options });
  const settings = {
    endpoint: aws.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' },
    maxAttempts: 1,
  };
  const clients = { aws, secrets: new SecretsManagerClient(settings), sns: new SNSClient(settings) };
  opened.push(clients);
  return clients;
}

export async function closeAws(): Promise<void> {
  for (const { aws, secrets, sns } of opened.splice(0)) {
    secrets.destroy();
    sns.destroy();
    await aws.stop();
  }
}
