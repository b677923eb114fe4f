import { createServer } from 'node:http';
import { createKillSwitch } from '../../lambda/aws/kill-switch';
import { killSwitchParameter } from '../../lambda/contract';
import { closeStores, openAws, pointClientsAt, whenDone } from '../history/stores';

afterEach(closeStores);

const NAME = killSwitchParameter('prod');

it.each([
  ['allow', true],
  [' allow\n', true],
  ['stop', false],
  ['Allow', false],
  ['ALLOW', false],
  ['allowed', false],
  ['allow stop', false],
  ['true', false],
  [' ', false],
  ['"allow"', false],
  ['аllow', false],
])('%j lets a run write: %s', async (value, mayWrite) => {
  await openAws({ [NAME]: value });
  expect(await createKillSwitch(NAME)()).toBe(mayWrite);
});

it('a parameter that is not there means no', async () => {
  await openAws({ [killSwitchParameter('dev')]: 'allow' });
  expect(await createKillSwitch(NAME)()).toBe(false);
});

it.each([
  ['AccessDeniedException', 400],
  ['ThrottlingException', 400],
  ['InternalServerError', 500],
  ['InvalidKeyId', 400],
])('%s means no', async (code, status) => {
  const aws = await openAws({ [NAME]: 'allow' });
  aws.failNext('GetParameter', { status, code, message: 'no', times: 10 });
  expect(await createKillSwitch(NAME)()).toBe(false);
});

it('is asked anew each time', async () => {
  const aws = await openAws({ [NAME]: 'allow' });
  const mayWrite = createKillSwitch(NAME);
  expect(await mayWrite()).toBe(true);
  aws.setParameter(NAME, 'stop');
  expect(await mayWrite()).toBe(false);
  aws.setParameter(NAME, 'allow');
  expect(await mayWrite()).toBe(true);
});

it.each([
  ['nothing', ''],
  ['half of an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"Parameter":{"Value":"allow"'],
  ['no JSON', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nallow'],
  ['JSON of something else', 'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{"Value":"allow"}'],
  ['a value that is no text', 'HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n{"Parameter":{"Value":["allow"]}}'],
])('%s in time means no', async (_, answer) => {
  const server = createServer((request) => {
    request.socket.write(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  pointClientsAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  expect(await createKillSwitch(NAME, 200)()).toBe(false);
});

it('without credentials, region or endpoint means no', async () => {
  pointClientsAt('http://127.0.0.1:1');
  expect(await createKillSwitch(NAME, 200)()).toBe(false);
  delete process.env.AWS_REGION;
  expect(await createKillSwitch(NAME, 200)()).toBe(false);
});
