import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resolveExpectation } from '../../lambda/policy/expectation';
import { lintPolicy } from '../../lambda/policy/lint';
import { parsePolicy } from '../../lambda/policy/parse';
import { policyJsonSchema } from '../../lambda/policy/schema';
import { compiled, connectionWith, NOW } from '../connection/sample-connection';

const ROOT = path.join(__dirname, '../..');

describe('reading a policy', () => {
  test('the smallest policy is read', () => {
    const policy = { default: { expect: 'on_each_login' } };
    expect(parsePolicy(policy)).toEqual({ ok: true, policy });
  });

  test('all problems of a policy are reported together, each with its path', () => {
    const parsed = parsePolicy({ rules: [{ id: 'a', match: { group: 'x' }, expect: 1 }], default: {} });
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.split(': ')[0])).toEqual([
      'default.expect',
      'rules[0].expect',
      'rules[0].match.group',
    ]);
  });

  test('a problem names the file if a file is given', () => {
    expect(parsePolicy({ default: { expect: 'always' } }, 'prod.json')).toEqual({
      ok: false,
      problems: [
        'prod.json: default.expect: bad value: found "always"; allowed: on_each_login, on_first_login, never_on_login, or a list of them',
      ],
    });
  });

  test.each([[undefined], [null], [[]], ['{}'], [3]])('the value %j is not a policy', (value) => {
    expect(parsePolicy(value)).toMatchObject({ ok: false, problems: [expect.stringMatching(/^policy: /)] });
  });

  test('a policy with an error of the linter is refused, and a policy with a warning is accepted', () => {
    const rule = { id: 'a', match: { strategy: 'oidc' }, expect: 'on_first_login' };
    expect(parsePolicy({ rules: [rule], default: { expect: 'on_each_login' } }).ok).toBe(true);
    expect(parsePolicy({ rules: [rule, { ...rule, id: 'b' }], default: { expect: 'on_each_login' } }).ok).toBe(false);
  });
});

describe('the expectation for a connection', () => {
  test('a single expected value is the value that a repair writes', () => {
    const { allowed, repairTo, rule } = resolveExpectation(
      compiled({ default: { expect: 'on_first_login' } }),
      connectionWith(),
    );
    expect({ allowed, repairTo, rule }).toEqual({
      allowed: ['on_first_login'],
      repairTo: 'on_first_login',
      rule: 'default',
    });
  });

  test('the expectation for a connection contains every field of its rule', () => {
    const policy = compiled({
      rules: [
        {
          id: 'scim',
          match: { name: 'acme' },
          expect: ['never_on_login', 'on_first_login'],
          repairTo: 'never_on_login',
          severity: 'critical',
          reason: 'SCIM.',
          remediate: false,
          allowNeverOnLogin: true,
          allowFilledKeys: ['type'],
          mustBeExplicit: true,
        },
      ],
      default: { expect: 'on_each_login' },
    });
    expect(resolveExpectation(policy, connectionWith())).toEqual({
      rule: 'scim',
      allowed: ['never_on_login', 'on_first_login'],
      repairTo: 'never_on_login',
      severity: 'critical',
      reason: 'SCIM.',
      mustBeExplicit: true,
      isRepairable: false,
      allowsNeverOnLogin: true,
      allowedFills: ['type'],
    });
  });
});

describe('docs/policy.md', () => {
  const text = readFileSync(path.join(ROOT, 'docs/policy.md'), 'utf8');
  const blocks = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]): unknown => JSON.parse(json ?? ''));
  const worked = [...text.matchAll(/^### \d\. (.+)\n[\s\S]*?```json\n([\s\S]*?)```/gm)];

  test('docs/policy.md has five worked policies', () => {
    expect(worked.map(([, title]) => title)).toHaveLength(5);
  });

  test.each(worked.map(([, title, json]) => [title, json]))(
    'the worked policy "%s" parses without problems',
    (_title, json) => {
      const policy: unknown = JSON.parse(json ?? '');
      expect(lintPolicy(policy, { file: 'docs/policy.md', now: NOW, timeZone: 'UTC' })).toEqual([]);
      expect(parsePolicy(policy).ok).toBe(true);
    },
  );

  test('every JSON example of docs/policy.md is a part of a policy that parses', () => {
    for (const block of blocks) {
      const policy = { default: { expect: 'on_each_login' }, ...(typeof block === 'object' ? block : {}) };
      expect(lintPolicy(policy, { file: '', now: NOW }).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  test('docs/policy.md names every field of the schema', () => {
    const fields = [...JSON.stringify(policyJsonSchema()).matchAll(/"properties":\{(.*?)\}/g)].length;
    expect(fields).toBeGreaterThan(0);
    for (const field of fieldsOf(policyJsonSchema())) expect(text).toContain(`\`${field}\``);
  });
});

/** The keys below every `properties` of a JSON Schema. */
function fieldsOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...fieldsOf(value),
  ]);
}
