import { type Sandbox, start } from '../../sandbox/auth0/server';
import { generate } from '../../sandbox/seeds';
import { closeStores, whenDone } from '../history/stores';
import { type Started, startAudit } from './start-audit';

afterEach(closeStores);

/** A command that waits for an answer of the tenant, which never comes. */
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
  'a first %s ends a command that does not watch, and exits 2',
  async (signal) => {
    const { child, ended, stderr } = await startWaiting('baseline');
    child.kill(signal);
    expect(await ended).toBe(2);
    expect(stderr()).toBe('Interrupted: ended at once.\n');
  },
);
