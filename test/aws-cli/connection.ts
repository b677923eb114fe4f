import { Failure } from './failure';
import type { Given } from './given';
import type { Connection, Operation } from './operation';

/**
 * The connection for the calls of a command. Endpoint, credentials and region come only from the environment, never from
 * a file. A region on the command line has priority, then AWS_REGION, then AWS_DEFAULT_REGION
 * (docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html). The stand-in connects to this machine only.
 */
export function openConnection(given: Given, { needsNoRegion }: Operation, env: NodeJS.ProcessEnv): Connection {
  const region = given.text('region') ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  if (!region && needsNoRegion !== true) {
    const message = 'You must specify a region. You can also configure your region by running "aws configure".';
    throw new Failure('configuration', `\n${message}`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_ENDPOINT_URL: endpoint } = env;
  if (!accessKeyId || !secretAccessKey) {
    const message = 'Unable to locate credentials. You can configure credentials by running "aws configure".';
    throw new Failure('configuration', `\n${message}`);
  }
  if (endpoint === undefined || !['127.0.0.1', 'localhost'].includes(new URL(endpoint).hostname)) {
    throw new Failure('general', '\nThe stand-in connects only to AWS_ENDPOINT_URL on this machine.');
  }
  return {
    endpoint,
    region: region || 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: {
      requestTimeout: 1000 * (given.number('cli-read-timeout') ?? 60),
      connectionTimeout: 1000 * (given.number('cli-connect-timeout') ?? 60),
    },
  };
}
