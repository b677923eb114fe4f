import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { nameOf, signAs } from './sign-as';

let aws: AwsSandbox;
let release = (_result: string) => {};

beforeEach(async () => {
  aws = await startAws({
    region: 'eu-west-1',
    functions: {
      echo: async (event) => ({ event }),
      throws: () => Promise.reject(new TypeError('broken')),
      waits: () => new Promise<string>((resolve) => (release = resolve)),
    },
  });
});

afterEach(() => aws.stop());

const invoke = (FunctionName: string, change: Partial<InvokeCommandInput> = {}, region = 'eu-west-1') =>
  new LambdaClient(signAs(region, aws)).send(new InvokeCommand({ FunctionName, ...change }));
const textOf = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

test('the answer to an invocation is the result of the function', async () => {
  const { StatusCode, FunctionError, ExecutedVersion, Payload } = await invoke('echo', { Payload: '{"a":1}' });
  expect([StatusCode, FunctionError, ExecutedVersion]).toEqual([200, undefined, '$LATEST']);
  expect(textOf(Payload)).toBe('{"event":{"a":1}}');
  expect(aws.invocations).toEqual([{ functionName: 'echo', type: 'RequestResponse', event: { a: 1 } }]);
});

test('an invocation without a payload has an empty object as event', async () => {
  expect(textOf((await invoke('echo')).Payload)).toBe('{"event":{}}');
});

test('an error of the function is returned in a successful call', async () => {
  const { StatusCode, FunctionError, Payload } = await invoke('throws');
  expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
  expect(JSON.parse(textOf(Payload))).toEqual({ errorType: 'TypeError', errorMessage: 'broken', trace: [] });
});

test('an asynchronous invocation is answered before the function ends', async () => {
  expect((await invoke('waits', { InvocationType: 'Event' })).StatusCode).toBe(202);
  let isIdle = false;
  const idle = aws.whenIdle().then(() => {
    isIdle = true;
  });
  await invoke('echo');
  expect(isIdle).toBe(false);
  release('done');
  await idle;
  expect(aws.invocations.map(({ functionName, type }) => [functionName, type])).toEqual([
    ['waits', 'Event'],
    ['echo', 'RequestResponse'],
  ]);
});

test('a failed asynchronous invocation has the same answer as a successful one', async () => {
  expect((await invoke('throws', { InvocationType: 'Event' })).StatusCode).toBe(202);
  await aws.whenIdle();
});

test('a dry run does not invoke', async () => {
  expect((await invoke('echo', { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  expect(aws.invocations).toEqual([]);
});

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:echo';
test.each<[claim: string, name: string, change: Partial<InvokeCommandInput>, region: string, outcome: unknown]>([
  ['of a function by its ARN', ARN, {}, 'eu-west-1', 200],
  ['of a missing function', 'absent', {}, 'eu-west-1', 'ResourceNotFoundException'],
  ['in another region', 'echo', {}, 'us-east-1', 'ResourceNotFoundException'],
  ['with a payload that is not JSON', 'echo', { Payload: 'x' }, 'eu-west-1', 'InvalidRequestContentException'],
])('the result is correct for an invocation %s', async (_, name, change, region, outcome) => {
  expect(await invoke(name, change, region).then(({ StatusCode }) => StatusCode, nameOf)).toBe(outcome);
  expect(aws.invocations).toHaveLength(outcome === 200 ? 1 : 0);
});
