import fc from 'fast-check';
import type { Connection } from '../../lambda/connection/connection';
import { draftBaseline } from '../../lambda/judge/baseline';
import { explain } from '../../lambda/judge/explain';
import { lintPolicy } from '../../lambda/policy/lint';
import { parsePolicy } from '../../lambda/policy/parse';
import { compiled, connectionWith, each, first, NOW, never, odd } from '../connection/sample-connection';
import { anyConnection } from '../policy/arbitrary';

const WHEN = { now: NOW, timeZone: 'Europe/Berlin' };
const uniqueIds = (connections: readonly Connection[]) =>
  connections.map((connection, index) => ({ ...connection, id: `con_${index}` }));
const tenant = fc.array(anyConnection, { maxLength: 40 }).map(uniqueIds);

describe('baseline of any tenant', () => {
  test('the baseline of any tenant is a policy without linter errors', () => {
    fc.assert(
      fc.property(tenant, (connections) => {
        const json: unknown = JSON.parse(JSON.stringify(draftBaseline(connections, WHEN)));
        expect(
          lintPolicy(json, { file: 'baseline.json', ...WHEN }).filter(({ severity }) => severity === 'error'),
        ).toEqual([]);
        expect(parsePolicy(json).ok).toBe(true);
      }),
    );
  });

  test('the baseline of any tenant exempts every connection that deviates from it, and plans no repair', () => {
    fc.assert(
      fc.property(tenant, (connections) => {
        const policy = compiled(draftBaseline(connections, WHEN), NOW, WHEN.timeZone);
        for (const connection of connections) {
          const { finding } = explain(connection, policy);
          if (finding?.verdict === 'noncompliant') expect(finding.exemption).not.toBeNull();
          expect(finding?.outcome).not.toBe('planned');
        }
      }),
    );
  });

  test('the baseline does not depend on the order of the connections', () => {
    fc.assert(
      fc.property(tenant, (connections) => {
        expect(draftBaseline([...connections].reverse(), WHEN)).toEqual(draftBaseline(connections, WHEN));
      }),
    );
  });

  test('the baseline has no rule for a value that only one connection of the strategy has', () => {
    fc.assert(
      fc.property(tenant, (connections) => {
        const draft = draftBaseline(connections, WHEN);
        const policy = compiled(draft, NOW, WHEN.timeZone);
        for (const { id, match } of draft.rules ?? []) {
          for (const strategy of [match.strategy ?? []].flat()) {
            const deciding = connections.filter(
              (connection) =>
                connection.strategy === strategy && explain(connection, policy).verdict.verdict === 'compliant',
            );
            expect([id, strategy, deciding.length >= 2]).toEqual([id, strategy, true]);
          }
        }
      }),
    );
  });

  test('the baseline exempts no compliant connection', () => {
    fc.assert(
      fc.property(tenant, (connections) => {
        const draft = draftBaseline(connections, WHEN);
        const policy = compiled(draft, NOW, WHEN.timeZone);
        const exempt = connections.filter(({ id }) => draft.exemptions?.some((exemption) => exemption.id === id));
        for (const connection of exempt) expect(explain(connection, policy).verdict.verdict).toBe('noncompliant');
      }),
    );
  });
});

test('the baseline has rules by the majority of each strategy, and exemptions for the other connections', () => {
  const connections = uniqueIds([
    connectionWith({ name: 'a', strategy: 'samlp' }),
    connectionWith({ name: 'b', strategy: 'samlp' }, { rootAttributes: each }),
    connectionWith({ name: 'b2', strategy: 'samlp' }, { rootAttributes: each }),
    connectionWith({ name: 'b3', strategy: 'samlp' }),
    connectionWith({ name: 'c "quoted"', strategy: 'samlp' }, { rootAttributes: first }),
    connectionWith({ name: 'd', strategy: 'oidc' }, { rootAttributes: first }),
    connectionWith({ name: 'd2', strategy: 'oidc' }, { rootAttributes: first }),
    connectionWith({ name: 'e', strategy: 'github' }, { rootAttributes: first }),
    connectionWith({ name: 'f', strategy: 'okta' }, { rootAttributes: never }),
    connectionWith({ name: 'g', strategy: 'waad' }, { rootAttributes: odd }),
    connectionWith({ name: 'h', strategy: 'waad' }),
    connectionWith({ name: 'i', strategy: 'sms' }),
  ]);
  expect(draftBaseline(connections, WHEN)).toMatchInlineSnapshot(`
{
  "default": {
    "expect": "on_each_login",
    "reason": "TO BE FILLED IN: why on_each_login is expected here",
    "remediate": false,
  },
  "exemptions": [
    {
      "expires": "2027-02-21",
      "id": "con_4",
      "owner": "TO BE FILLED IN",
      "reason": "TO BE FILLED IN: why "c \\"quoted\\"" (samlp) is allowed to have on_first_login",
      "ticket": "TO BE FILLED IN",
    },
    {
      "expires": "2027-02-21",
      "id": "con_7",
      "owner": "TO BE FILLED IN",
      "reason": "TO BE FILLED IN: why "e" (github) is allowed to have on_first_login",
      "ticket": "TO BE FILLED IN",
    },
    {
      "expires": "2027-02-21",
      "id": "con_8",
      "owner": "TO BE FILLED IN",
      "reason": "TO BE FILLED IN: why "f" (okta) is allowed to have never_on_login",
      "ticket": "TO BE FILLED IN",
    },
    {
      "expires": "2027-02-21",
      "id": "con_9",
      "owner": "TO BE FILLED IN",
      "reason": "TO BE FILLED IN: why "g" (waad) is allowed to have a value that Auth0 does not document",
      "ticket": "TO BE FILLED IN",
    },
  ],
  "rules": [
    {
      "expect": "on_first_login",
      "id": "as-found-on-first-login",
      "match": {
        "strategy": [
          "oidc",
        ],
      },
      "reason": "TO BE FILLED IN: why on_first_login is expected here",
      "remediate": false,
    },
  ],
}
`);
});

test('the value that most connections of the tenant have is the default of the baseline', () => {
  const connections = uniqueIds([
    connectionWith({ strategy: 'samlp' }, { rootAttributes: first }),
    connectionWith({ strategy: 'okta' }, { rootAttributes: first }),
    connectionWith({ strategy: 'oidc' }),
  ]);
  expect(draftBaseline(connections, WHEN)).toMatchObject({
    rules: [],
    default: { expect: 'on_first_login' },
    exemptions: [{ id: 'con_2' }],
  });
});

test('the strategies in a rule of the baseline are sorted by name, regardless of the order of connections', () => {
  const withFirst = (strategy: string) => connectionWith({ strategy }, { rootAttributes: first });
  const others = Array.from({ length: 5 }, () => connectionWith({ strategy: 'auth0' }, { customDatabase: true }));
  const connections = uniqueIds([...['waad', 'waad', 'okta', 'okta'].map(withFirst), ...others]);
  expect(draftBaseline(connections, WHEN).rules).toMatchObject([{ match: { strategy: ['okta', 'waad'] } }]);
});

test('an exemption of the baseline quotes 100 characters of a name and 50 of a strategy', () => {
  const long = connectionWith({ name: '🔑'.repeat(101), strategy: 's'.repeat(51) }, { rootAttributes: first });
  const [exemption] = draftBaseline(uniqueIds([long]), WHEN).exemptions ?? [];
  expect(exemption?.reason).toContain(`why "${'🔑'.repeat(100)}" (${'s'.repeat(50)}) is`);
});

describe('rules and exemptions by the number of connections', () => {
  const others = [connectionWith({ name: 'a', strategy: 'samlp' }), connectionWith({ name: 'b', strategy: 'samlp' })];
  const okta = connectionWith({ name: 'x', strategy: 'okta' }, { rootAttributes: never });

  test('a single connection with another value becomes an exemption', () => {
    const { rules, exemptions } = draftBaseline(uniqueIds([...others, okta]), WHEN);
    expect([rules, exemptions]).toMatchObject([
      [],
      [{ id: 'con_2', reason: expect.stringContaining('never_on_login') }],
    ]);
  });

  test('the only connection of a tenant becomes an exemption, and the default is the default of Auth0', () => {
    expect(draftBaseline(uniqueIds([okta]), WHEN)).toMatchObject({
      rules: [],
      default: { expect: 'on_each_login' },
      exemptions: [{ id: 'con_0' }],
    });
  });

  test('two connections of a strategy with another value become a rule', () => {
    const { rules, exemptions } = draftBaseline(uniqueIds([...others, okta, okta]), WHEN);
    expect([rules, exemptions]).toMatchObject([[{ match: { strategy: ['okta'] }, expect: 'never_on_login' }], []]);
  });
});

test('an empty tenant has a baseline with the default of Auth0 only', () => {
  expect(draftBaseline([], WHEN)).toMatchObject({ rules: [], default: { expect: 'on_each_login' }, exemptions: [] });
});
