import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  ParameterType,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { FLAG, NEEDED, type Service, TEXT } from '../operation';
import { memberOf } from './member-of';

export const SSM = {
  'get-parameter': {
    options: { name: NEEDED, 'with-decryption': FLAG },
    run: (given, connection) =>
      new SSMClient(connection).send(
        new GetParameterCommand({ Name: given.needed('name'), WithDecryption: given.flag('with-decryption') }),
      ),
  },
  'get-parameter-history': {
    options: { name: NEEDED },
    run: (given, connection) =>
      new SSMClient(connection).send(new GetParameterHistoryCommand({ Name: given.needed('name') })),
  },
  'put-parameter': {
    options: { name: NEEDED, value: NEEDED, type: TEXT, overwrite: FLAG },
    run: (given, connection) =>
      new SSMClient(connection).send(
        new PutParameterCommand({
          Name: given.needed('name'),
          Value: given.needed('value'),
          Type: memberOf(ParameterType, given.text('type')),
          Overwrite: given.flag('overwrite'),
        }),
      ),
  },
} satisfies Service;
