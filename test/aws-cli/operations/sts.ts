import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Service } from '../operation';

export const STS = {
  'get-caller-identity': {
    options: {},
    run: (_given, connection) => new STSClient(connection).send(new GetCallerIdentityCommand()),
  },
} satisfies Service;
