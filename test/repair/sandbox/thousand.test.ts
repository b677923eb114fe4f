import { generate } from '../../../sandbox/seeds';
import { closeScenarios, openScenario, outcomesIn, withSetting } from './scenario';

afterEach(closeScenarios);

const BY_ABSENCE = ['samlp', 'waad', 'google-apps', 'adfs'];

it('a thousand connections, 40 % of them drifted, match the policy after a run, and no other key changes', async () => {
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
  // One token, ten pages and two requests for each repair, without the queries of the log. A repair that waits until the
  // permission is too old reads one more time: at most eight repairs each time.
  const sent = requests().filter(({ path }) => path !== '/api/v2/logs').length;
  expect(sent).toBeGreaterThanOrEqual(1 + 10 + 800);
  expect(sent).toBeLessThanOrEqual(1 + 10 + 800 + 8 * (asked - 1));

  const again = await run();
  expect(again.findings).toEqual([]);
  expect(requests('PATCH')).toHaveLength(400);
});
