import { writeFileSync } from 'node:fs';
import { GetAccountSettingsCommand, InvocationType, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { NEEDED, type Service, TEXT } from '../operation';
import { memberOf } from './member-of';

export const LAMBDA = {
  'get-account-settings': {
    options: {},
    run: (_given, connection) => new LambdaClient(connection).send(new GetAccountSettingsCommand({})),
  },
  invoke: {
    options: { 'function-name': NEEDED, 'invocation-type': TEXT, payload: { kind: 'blob' } },
    positional: ['outfile'],
    /** Writes the payload into the file and prints the rest of the answer. */
    async run(given, connection) {
      const payload = given.bytes('payload');
      const { Payload, ...answer } = await new LambdaClient(connection).send(
        new InvokeCommand({
          FunctionName: given.needed('function-name'),
          InvocationType: memberOf(InvocationType, given.text('invocation-type')),
          ...(payload === undefined ? {} : { Payload: payload }),
        }),
      );
      writeFileSync(given.needed('outfile'), Payload ?? new Uint8Array());
      return answer;
    },
  },
} satisfies Service;
