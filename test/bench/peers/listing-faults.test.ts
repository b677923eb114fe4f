import { LISTING_FAULT_NAMES, LISTING_FAULTS } from '../../../bench/peers/listing-faults';
import { FAULTY_TENANT } from '../../../bench/peers/measure';
import { tenantOf } from '../../../bench/peers/tenants';
import { type Sandbox, start } from '../../../sandbox/auth0/server';
import { listAt, type Speak, speakTo } from '../../sandbox/auth0/speak';

test('the benchmark injects eleven listing faults', () => {
  expect(LISTING_FAULT_NAMES).toHaveLength(11);
});

test.each([1_000, 117])('a tenant of %d connections has 57 drifted connections', (connections) => {
  const tenant = [...tenantOf(connections)];
  const drifted = tenant.filter(
    ({ options }) => (options.set_user_root_attributes ?? 'on_each_login') !== 'on_each_login',
  );
  expect([tenant.length, drifted.length]).toEqual([connections, 57]);
});

/** The ids of all connections that are returned with their options, following `next` for the number of pages of the tenant. */
async function listVisible(speak: Speak): Promise<ReadonlySet<unknown>> {
  const visible = new Set<unknown>();
  let from = '';
  for (const _ of [1, 2, 3]) {
    const { body } = await speak('GET', `/connections?take=100${from}`).catch(() => ({ body: {} }));
    for (const { id, options } of listAt(body, 'connections')) if (options !== undefined) visible.add(id);
    if (!('next' in body)) break;
    from = `&from=${String(body.next)}`;
  }
  return visible;
}

const CASES: readonly [fault: string, isVisible: boolean, inject: (sandbox: Sandbox) => void][] = [
  ['none', true, () => undefined],
  ...LISTING_FAULT_NAMES.map((name): [string, boolean, (sandbox: Sandbox) => void] => [
    name,
    false,
    LISTING_FAULTS[name].inject,
  ]),
];

test.each(CASES)('the whole tenant is visible with the fault "%s": %s', async (_, isVisible, inject) => {
  const sandbox = await start({ port: 0, rateLimit: 'off', seed: tenantOf(FAULTY_TENANT) });
  try {
    inject(sandbox);
    const visible = await listVisible(await speakTo(sandbox));
    expect(visible.size === FAULTY_TENANT).toBe(isVisible);
  } finally {
    await sandbox.stop();
  }
});
