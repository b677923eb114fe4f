import type { Wait } from '../../lambda/auth0/transport';
import { generate } from '../../sandbox/seeds';
import { closeClients, listAll, openClient } from './paced-client';

afterEach(closeClients);

test('each wait for the rate limit is reported before it begins and when it ends', async () => {
  const told: (number | 'over')[] = [];
  const reasons = new Set<Wait['why']>();
  const waiting = ({ milliseconds, why }: Wait): (() => void) => {
    told.push(milliseconds);
    reasons.add(why);
    return () => void told.push('over');
  };
  const { tenant, clock } = await openClient({
    sandbox: { seed: generate(600), rateLimit: 'free' },
    transport: { waiting },
  });
  await listAll(tenant);
  expect(clock.slept.length).toBeGreaterThan(0);
  expect(told).toEqual(clock.slept.flatMap((slept) => [slept, 'over']));
  expect([...reasons]).toEqual(['rate_limit']);
});

test('the usage of a run counts its requests, its 429 answers, and the time waited for the rate limit', async () => {
  const { tenant, transport, clock, sandbox } = await openClient({
    sandbox: { seed: generate(600), rateLimit: 'free' },
  });
  sandbox.faults.add({ name: 'status', status: 429 }, { path: '/api/v2/connections', nth: 2 });
  await listAll(tenant);
  const { requests, rateLimited, rateLimitWaitMs } = transport.usage;
  expect(requests).toBe(sandbox.requests.length);
  expect(rateLimited).toBe(1);
  expect(rateLimitWaitMs).toBe(clock.slept.reduce((sum, slept) => sum + slept, 0));
});

test('a pause before a repeated request is not counted as a wait for the rate limit', async () => {
  const { tenant, transport, clock, sandbox } = await openClient({ sandbox: { seed: generate(10), rateLimit: 'off' } });
  sandbox.faults.add({ name: 'status', status: 503 }, { path: '/api/v2/connections' });
  await listAll(tenant);
  expect(clock.slept).toHaveLength(1);
  expect(transport.usage).toMatchObject({ rateLimited: 0, rateLimitWaitMs: 0 });
});
