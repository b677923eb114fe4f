import { generate } from '../../../sandbox/seeds';
import { closeScenarios, openScenario, outcomesIn, withSetting } from './scenario';

afterEach(closeScenarios);

const BY_ABSENCE = ['samlp', 'waad', 'google-apps', 'adfs'];

it('a thousand connections, 40 % drifted, are as the policy says, with every other key as it was', async () => {
  const seed = [...generate(1_000, { driftPercent: 40 })].map((connection, index) => ({
    ...connection,
    show_as_button: index % 2 === 0,
    is_domain_connection: index % 3 === 0,
    realms: [connection.name, `${connection.name}-legacy`],
    options: { ...connection.options, own_key: { of: [index] } },
  }));
  const { sandbox, run, stored, requests } = await openScenario({ sandbox: { seed } });
  const before = stored();
  let asked = 0;
  const mayWrite = async () => {
    asked += 1;
    return 'allow' as const;
  };
  const report = await run({ mayWrite });
  expect(report.complete).toBe(true);
  expect(report.otherWriters).toBe('none_seen');
  expect(outcomesIn(report)).toEqual({ remediated: 400 });
  expect(report.findings.every(({ change }) => change?.otherKeysChanged.length === 0)).toBe(true);
  const repaired = new Set(report.findings.map(({ connection }) => connection.id));
  const after = stored();
  for (const [id, connection] of before) {
    const target = BY_ABSENCE.includes(String(connection.strategy)) ? undefined : 'on_each_login';
    expect(after.get(id)).toEqual(repaired.has(id) ? withSetting(connection, target) : connection);
  }
  expect(requests('PATCH')).toHaveLength(400);
  expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
  // One token, ten pages, two for each repair; look-ups in the log apart. A repair that waits while the permission runs
  // out reads once more: at most eight each time.
  const sent = requests().filter(({ path }) => path !== '/api/v2/logs').length;
  expect(sent).toBeGreaterThanOrEqual(1 + 10 + 800);
  expect(sent).toBeLessThanOrEqual(1 + 10 + 800 + 8 * (asked - 1));

  const again = await run();
  expect(again.findings).toEqual([]);
  expect(requests('PATCH')).toHaveLength(400);
}, 60_000);
