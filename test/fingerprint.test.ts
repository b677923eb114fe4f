import { fingerprint } from '../lambda/fingerprint';

const POLICY = {
  rules: [{ id: 'a', match: { strategy: 'auth0', name: 'x*' }, expect: ['on_each_login', 'on_first_login'] }],
  default: { expect: 'on_each_login', remediate: false },
  graceDays: 0,
};

describe('a fingerprint', () => {
  it('a fingerprint is 16 hexadecimal digits', () => {
    expect(fingerprint(POLICY)).toMatch(/^[0-9a-f]{16}$/);
  });

  const SAME: readonly (readonly [claim: string, value: object])[] = [
    ['the order of keys', { graceDays: 0, default: POLICY.default, rules: POLICY.rules }],
    [
      'the order of keys inside',
      {
        ...POLICY,
        rules: [{ expect: POLICY.rules[0]?.expect, match: { name: 'x*', strategy: 'auth0' }, id: 'a' }],
      },
    ],
    ['a member that is undefined', { ...POLICY, noticeDays: undefined }],
    ['a conversion to JSON and back', JSON.parse(JSON.stringify(POLICY))],
  ];
  it.each(SAME)('a fingerprint does not depend on %s', (_claim, value) => {
    expect(fingerprint(value)).toBe(fingerprint(POLICY));
  });

  const OTHER: readonly (readonly [claim: string, value: object])[] = [
    ['a changed number', { ...POLICY, graceDays: 1 }],
    ['a number as a text', { ...POLICY, graceDays: '0' }],
    ['a removed key', { rules: POLICY.rules, default: POLICY.default }],
    ['an added key', { ...POLICY, noticeDays: 0 }],
    ['null instead of nothing', { ...POLICY, noticeDays: null }],
    ['a changed value inside', { ...POLICY, default: { ...POLICY.default, expect: 'on_first_login' } }],
    ['a changed boolean', { ...POLICY, default: { expect: 'on_each_login', remediate: true } }],
    [
      'another order of a list',
      { ...POLICY, rules: [{ ...POLICY.rules[0], expect: ['on_first_login', 'on_each_login'] }] },
    ],
    ['an emptied list', { ...POLICY, rules: [] }],
  ];
  it.each(OTHER)('a fingerprint differs after %s', (_claim, value) => {
    expect(fingerprint(value)).not.toBe(fingerprint(POLICY));
  });
});
