import { createServer } from 'node:http';
import { createKillSwitch } from '../../lambda/aws/kill-switch';
import { killSwitchParameter } from '../../lambda/contract';
import { closeStores, openAws, pointClientsAt, whenDone } from '../history/stores';

afterEach(closeStores);

const NAME = killSwitchParameter('prod');

it.each([
  ['allow', 'allow'],
  [' allow\n', 'allow'],
  ['stop', 'stop'],
  ['Allow', 'stop'],
  ['ALLOW', 'stop'],
  ['allowed', 'stop'],
  ['allow stop', 'stop'],
  ['true', 'stop'],
  [' ', 'stop'],
  ['"allow"', 'stop'],
  ['аllow', 'stop'],
])('the value %j means %s', async (value, answer) => {
  await openAws({ [NAME]: value });
  expect(await createKillSwitch(NAME)()).toBe(answer);
});

it('a missing parameter is unreadable', async () => {
  await openAws({ [killSwitchParameter('dev')]: 'allow' });
  expect(await createKillSwitch(NAME)()).toBe('unreadable');
});

it.each([
  ['AccessDeniedException', 400],
  ['ThrottlingException', 400],
  ['InternalServerError', 500],
  ['InvalidKeyId', 400],
])('a parameter answered with %s is unreadable', async (code, status) => {
  const aws = await openAws({ [NAME]: 'allow' });
  aws.failNext('GetParameter', { status, code, message: 'no', times: 10 });
  expect(await createKillSwitch(NAME)()).toBe('unreadable');
});

it('the kill switch is read again each time', async () => {
  const aws = await openAws({ [NAME]: 'allow' });
  const readSwitch = createKillSwitch(NAME);
  expect(await readSwitch()).toBe('allow');
  aws.setParameter(NAME, 'stop');
  expect(await readSwitch()).toBe('stop');
  aws.setParameter(NAME, undefined);
  expect(await readSwitch()).toBe('unreadable');
  aws.setParameter(NAME, 'allow');
  expect(await readSwitch()).toBe('allow');
});

it.each([
  ['an incomplete answer', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"Parameter":{"Value":"allow"'],
  ['not JSON', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nallow'],
  ['JSON of another form', 'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{"Value":"allow"}'],
  ['a value that is not a string', 'HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n{"Parameter":{"Value":["allow"]}}'],
  ['a value that is null', 'HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n{"Parameter":{"Value":null}}'],
])('an answer that is %s is unreadable', async (_, answer) => {
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
  expect(await createKillSwitch(NAME)(300)).toBe('unreadable');
});

it('the kill switch is unreadable without an endpoint, time or region', async () => {
  pointClientsAt('http://127.0.0.1:1');
  expect(await createKillSwitch(NAME)(300)).toBe('unreadable');
  expect(await createKillSwitch(NAME)(0)).toBe('unreadable');
  delete process.env.AWS_REGION;
  expect(await createKillSwitch(NAME)(300)).toBe('unreadable');
});
