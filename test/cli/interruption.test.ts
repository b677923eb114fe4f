import { readFileSync } from 'node:fs';
import { type Sandbox, start } from '../../sandbox/auth0/server';
import { generate } from '../../sandbox/seeds';
import { closeStores, whenDone } from '../history/stores';
import { keptFile, type Started, startAudit } from './start-audit';

afterEach(closeStores);

/** Starts a command that waits for an answer of the tenant that never arrives. */
async function startWaiting(command: string): Promise<Started> {
  const sandbox = await start({ port: 0, rateLimit: 'off', seed: generate(20) });
  whenDone(() => sandbox.stop());
  const asked = hangWhenAsked(sandbox);
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
  const started = startAudit([command, '--environment', 'dev', '--domain', sandbox.domain], {
    variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET },
  });
  await asked;
  return started;
}

function hangWhenAsked({ faults }: Sandbox): Promise<void> {
  return new Promise((resolve) => {
    faults.add({ name: 'before', run: resolve }, { path: '/api/v2/connections' });
    faults.add({ name: 'hang' }, { path: '/api/v2/connections', times: Number.POSITIVE_INFINITY });
  });
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  'a first %s ends a command that does not watch for interrupts, with exit code 2',
  async (signal) => {
    const { child, ended, stderr } = await startWaiting('baseline');
    child.kill(signal);
    expect(await ended).toBe(2);
    expect(stderr()).toBe('Interrupted: ended immediately.\n');
  },
);

it('a first SIGINT lets an audit continue, and the second ends the audit with a message and exit code 2', async () => {
  const { child, ended, says, stderr } = await startWaiting('audit');
  child.kill('SIGINT');
  await says('Press Ctrl-C again to end immediately.\n');
  // A signal that follows closely counts as the same key press, so the test sends further signals.
  const again = setInterval(() => child.kill('SIGINT'), 100);
  whenDone(() => clearInterval(again));
  expect(await ended).toBe(2);
  expect(stderr()).toMatch(/^Interrupted: no new write starts\..*\nEnded immediately\. \S.*\n$/s);
});

it('a SIGINT after an audit has ended mentions no writes and keeps the report that the pipe did not accept', async () => {
  const sandbox = await start({ port: 0, rateLimit: 'off', seed: generate(1000, { driftPercent: 60 }) });
  whenDone(() => sandbox.stop());
  const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
  const started = startAudit(['audit', '--environment', 'dev', '--domain', sandbox.domain, '--format', 'json'], {
    variables: { AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET },
  });
  // The reader reads the available data and then stops.
  started.child.stdout?.once('readable', () => started.child.kill('SIGINT'));
  expect(await started.ended).toBe(2);
  expect(started.stderr()).toMatch(/^Interrupted: ended immediately\.\nThe result .*\n$/m);
  expect(started.stderr()).not.toMatch(/a write in progress|wrote nothing/);
  const report = readFileSync(keptFile(started, 'interrupted'), 'utf8');
  expect(JSON.parse(report)).toMatchObject({ complete: true, coverage: { listed: 1000 } });
});
