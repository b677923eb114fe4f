import { subscribe } from 'node:diagnostics_channel';
import { Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';

// Imports a bundle and invokes its handler, like the Lambda runtime, and sends its parent the times until the first request
// to the tenant. Arguments: the bundle, and as JSON the host of the tenant, the event and whether to list files.
const [, , bundle, asked] = process.argv;
const { host, event, listsFiles } = JSON.parse(asked);
const files = [];
if (listsFiles) {
  // Not during the measurement. Every module that V8 has parsed, from disk.
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params: { url } }) => files.push(url));
  session.post('Debugger.enable');
}

// `http.client.request.start`: https://nodejs.org/api/diagnostics_channel.html#http
subscribe('http.client.request.start', ({ request }) => {
  if (request.getHeader('host') !== host) return;
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  // The parent ends this process, because an exit can overtake the message.
  process.send({ wallMs, cpuMs: (user + system) / 1000, files });
});

const cpu = process.cpuUsage();
const began = performance.now();
const { handler } = await import(pathToFileURL(bundle).href);
await handler(event, {
  awsRequestId: '00000001-0000-4000-8000-000000000000',
  functionName: 'auditor',
  getRemainingTimeInMillis: () => 300_000,
});
