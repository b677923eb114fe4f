import { subscribe } from 'node:diagnostics_channel';
import { Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';

// Imports a bundle and invokes its handler, as Lambda's runtime does, and tells its parent what that took until the first
// request to the tenant is sent. Arguments: the bundle, and as JSON the tenant's host, the event and whether to list files.
const [, , bundle, asked] = process.argv;
const { host, event, listsFiles } = JSON.parse(asked);
const files = [];
if (listsFiles) {
  // Not while time is measured. Every module that V8 has parsed, from disk.
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
  // The parent ends this process: an exit may overtake the message.
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
