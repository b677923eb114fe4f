import type { Service } from '../operation';

/**
 * Every command of the stand-in, one row each, from docs.aws.amazon.com/cli/latest/reference/. A row contains only the
 * options that the calls here support. Any other option is refused, although the CLI can have it. Only the requested
 * service is loaded, because each service loads a client of the SDK.
 */
export const SERVICES = {
  cloudformation: async () => (await import('./cloudformation')).CLOUDFORMATION,
  cloudwatch: async () => (await import('./cloudwatch')).CLOUDWATCH,
  lambda: async () => (await import('./lambda')).LAMBDA,
  logs: async () => (await import('./logs')).LOGS,
  s3: async () => (await import('./s3')).S3,
  secretsmanager: async () => (await import('./secrets-manager')).SECRETS_MANAGER,
  sns: async () => (await import('./sns')).SNS,
  sqs: async () => (await import('./sqs')).SQS,
  ssm: async () => (await import('./ssm')).SSM,
  sts: async () => (await import('./sts')).STS,
} satisfies { readonly [name: string]: () => Promise<Service> };
