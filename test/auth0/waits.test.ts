import type { Wait } from '../../lambda/auth0/transport';
import { generate } from '../../sandbox/seeds';
import { closeClients, listAll, openClient } from './paced-client';

afterEach(closeClients);

test('each wait for the rate limit is told before it begins and when it is over', async () => {
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
