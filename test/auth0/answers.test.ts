import { createServer, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Attempt } from '../../lambda/auth0/exchange';
import { ask, createClient } from '../../lambda/auth0/request';

const MEGABYTE = 'x'.repeat(1024 * 1024);

/** What a server may answer, and what is made of it. */
const ANSWERS: readonly [claim: string, answer: (response: ServerResponse) => void, expected: object][] = [
  ['a text', (response) => response.end('{"name":"Söhne"}'), { status: 200, text: '{"name":"Söhne"}' }],
  ['no text', (response) => response.end(), { status: 200, text: '' }],
  [
    'a text whose chunks part a character',
    (response) => {
      response.write(Buffer.from('"ü"').subarray(0, 2));
      setImmediate(() => response.end(Buffer.from('"ü"').subarray(2)));
    },
    { status: 200, text: '"ü"' },
  ],
  [
    'a compressed text',
    (response) => response.setHeader('Content-Encoding', 'gzip').end(gzipSync('{"a":1}')),
    { status: 200, text: '{"a":1}' },
  ],
  [
    'bytes that are no text',
    (response) => response.end(Buffer.from([0x22, 0xff, 0xfe])),
    { status: 200, text: undefined },
  ],
  [
    'a text that ends within a character',
    (response) => response.end(Buffer.from('ü').subarray(0, 1)),
    { status: 200, text: undefined },
  ],
  [
    'bytes that are no text, and a body that breaks off',
    (response) => {
      response.setHeader('Content-Length', '1000').write(Buffer.from([0xff]));
      setImmediate(() => response.destroy());
    },
    { status: undefined, broken: 'ECONNRESET' },
  ],
  [
    'a body that breaks off',
    (response) => {
      response.setHeader('Content-Length', '1000').write('{"a":');
      setImmediate(() => response.destroy());
    },
    { status: undefined, broken: 'ECONNRESET' },
  ],
  ['no head', (response) => response.destroy(), { status: undefined, broken: 'ECONNRESET' }],
  ['no end of the body', (response) => response.write('{'), { status: undefined, broken: 'TIMEOUT' }],
  [
    'more than 32 MB',
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

test.each(ANSWERS)('an answer with %s', async (_, given, expected) => {
  answer = given;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  const attempt: Attempt<unknown> = {
    ...{ doing: 'Reading', method: 'GET', path: '/', secrets: [] },
    parse: () => ({ ok: false, problem: '' }),
  };
  expect(await ask(createClient(`http://127.0.0.1:${address.port}`), attempt, 1_000)).toEqual({
    headers: {},
    ...expected,
  });
});
