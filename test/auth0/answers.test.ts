import { createServer, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Attempt } from '../../lambda/auth0/exchange';
import { ask, createClient } from '../../lambda/auth0/request';

const MEGABYTE = 'x'.repeat(1024 * 1024);

/** Possible answers of a server, and the result of the client. */
const ANSWERS: readonly [claim: string, answer: (response: ServerResponse) => void, expected: object][] = [
  [
    'an answer with a text is read',
    (response) => response.end('{"name":"Söhne"}'),
    { status: 200, text: '{"name":"Söhne"}' },
  ],
  ['an answer without a body is an empty text', (response) => response.end(), { status: 200, text: '' }],
  [
    'a character that two chunks share is read whole',
    (response) => {
      response.write(Buffer.from('"ü"').subarray(0, 2));
      setImmediate(() => response.end(Buffer.from('"ü"').subarray(2)));
    },
    { status: 200, text: '"ü"' },
  ],
  [
    'a compressed text is unpacked',
    (response) => response.setHeader('Content-Encoding', 'gzip').end(gzipSync('{"a":1}')),
    { status: 200, text: '{"a":1}' },
  ],
  [
    'an answer with bytes that are not UTF-8 has no text',
    (response) => response.end(Buffer.from([0x22, 0xff, 0xfe])),
    { status: 200, text: undefined },
  ],
  [
    'an answer that ends within a character has no text',
    (response) => response.end(Buffer.from('ü').subarray(0, 1)),
    { status: 200, text: undefined },
  ],
  [
    'a body that breaks off after bytes that are not UTF-8 is no answer',
    (response) => {
      response.setHeader('Content-Length', '1000').write(Buffer.from([0xff]));
      setImmediate(() => response.destroy());
    },
    { status: undefined, broken: 'ECONNRESET' },
  ],
  [
    'a body that breaks off is no answer',
    (response) => {
      response.setHeader('Content-Length', '1000').write('{"a":');
      setImmediate(() => response.destroy());
    },
    { status: undefined, broken: 'ECONNRESET' },
  ],
  [
    'a connection that closes before the headers is no answer',
    (response) => response.destroy(),
    { status: undefined, broken: 'ECONNRESET' },
  ],
  [
    'a body that does not end before the time limit is no answer',
    (response) => response.write('{'),
    { status: undefined, broken: 'TIMEOUT' },
  ],
  [
    'a body of more than 32 MB is too large',
    (response) => {
      for (let megabyte = 0; megabyte < 33; megabyte += 1) response.write(MEGABYTE);
      response.end();
    },
    { status: undefined, broken: 'ANSWER_TOO_LARGE' },
  ],
];

let server: Server;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((_, response) => answer(response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test.each(ANSWERS)('%s', async (_, given, expected) => {
  answer = given;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  const attempt: Attempt<unknown> = {
    ...{ doing: 'Reading', method: 'GET', path: '/', secrets: [] },
    parse: () => ({ ok: false, problem: '' }),
  };
  expect(await ask(createClient(`http://127.0.0.1:${address.port}`), attempt, 5_000)).toEqual({
    headers: {},
    ...expected,
  });
});
