import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommandLine } from '../../../cli/command-line';
import type { Report } from '../../../lambda/judge/report';
import { closeStores, makeFolder } from '../../history/stores';
import { shippedFiles } from '../../lib/environment/shipped-environments';
import { contextOf } from '../command-context';
import { openCommandLine, widest } from '../open-command-line';
import { recordTerminal } from '../recorded-terminal';

afterEach(closeStores);

const EXEMPT = { reason: 'Migration.', owner: 'Ada', ticket: 'ID-1' };
/** Each mistake in a place where an operator could make it. */
const TEN_MISTAKES = {
  rules: [
    { id: 'one', match: { group: 'enterprises' }, expect: 'on_each_login', reason: 'r' },
    { id: 'two', match: { strategy: 'okta' }, expect: 'on_every_login', reason: 'r' },
    { id: 'two', match: { strategy: 'samlp' }, expect: 'on_each_login', reason: 'r' },
    { id: 'four', match: { strategy: 'samlp', name: 'a-*' }, expect: 'on_first_login', reason: 'r' },
    { id: 'five', match: { strategy: 'email' }, expect: 'on_each_login', reason: 'r' },
    { id: 'six', match: { strategy: 'oidc' }, expect: ['on_each_login'], repairTo: 'on_first_login', reason: 'r' },
    { id: 'seven', match: { strategy: 'waad' }, expect: 'never_on_login', reason: 'r' },
  ],
  default: { expect: 'on_each_login', remidiate: true },
  exemptions: [
    { id: 'con_1', ...EXEMPT, expires: '2999-02-30' },
    { id: 'con_2', owner: 'Ada', ticket: 'ID-1', expires: '2999-12-31' },
  ],
};
const CLEAN = { default: { expect: 'on_each_login', reason: 'The directory is right.' } };
const WARNED = { ...CLEAN, exemptions: [{ id: 'con_0000000000000001', ...EXEMPT, expires: '2020-01-01' }] };

/** A strategy that this version does not know, and a misspelled strategy. */
const NEW = {
  rules: [
    { id: 'new', match: { strategy: ['tomorrow', 'oidcc'] }, expect: 'on_first_login', reason: 'r' },
    { id: 'enterprise', match: { group: 'enterprise' }, expect: 'on_each_login', reason: 'r' },
    { id: 'social', match: { group: 'social' }, expect: 'on_each_login', reason: 'r' },
  ],
  default: { expect: 'on_each_login', reason: 'r' },
};

function writePolicy(value: unknown): string {
  const file = path.join(makeFolder(), 'policy.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

describe('a policy for strategies that the auditor does not know', () => {
  it('a policy with unknown strategies has warnings, and errors only with --strict', async () => {
    const cli = await openCommandLine();
    const file = writePolicy(NEW);
    const { stdout, code } = await cli.run(`lint --policy ${file}`);
    expect(code).toBe(0);
    expect(stdout.match(/^warning .*/gm)).toEqual(
      [0, 1].map((index) => `warning ${file}: rules[0].match.strategy[${index}]`),
    );
    expect(stdout).toContain('the auditor does not know this strategy; did you mean oidc?');
    expect((await cli.run(`lint --policy ${file} --strict`)).code).toBe(2);
  });

  it.each(['--mode report', '--mode remediate --yes --first-run'])(
    'a run reports unknown strategies that no group rule matches and writes none: %s',
    async (mode) => {
      const options = { set_user_root_attributes: 'on_each_login' };
      const seed = ['tomorrow', 'the-day-after', 'the-day-after', 'github'].map((strategy, index) => {
        return { id: `con_000000000000000${index}`, name: `c-${index}`, strategy, options };
      });
      const cli = await openCommandLine({ sandbox: { seed } });
      const { stdout } = await cli.run(`${mode} --policy ${writePolicy(NEW)} --format json`);
      const { complete, findings, notices }: Report = JSON.parse(stdout);
      expect(complete).toBe(true);
      expect(findings).toMatchObject([
        { connection: { strategy: 'tomorrow' }, rule: 'new', outcome: 'skipped_unsafe', unsafe: null },
      ]);
      expect(notices).toEqual(
        expect.arrayContaining([
          {
            code: 'OUTSIDE_GROUP_RULES',
            connections: 2,
            strategies: [{ strategy: 'the-day-after', connections: 2 }],
          },
        ]),
      );
      expect(notices.filter(({ code }) => code === 'ONLY_DEFAULT')).toEqual([]);
      expect(cli.writes()).toBe(0);
      const table = (await cli.run(`--mode report --policy ${writePolicy(NEW)}`)).stdout.replaceAll(/\s+/g, ' ');
      expect(table).toContain('No rule by group can match 2 connections: the-day-after (2).');
    },
  );
});

describe('lint of a policy file', () => {
  it('lint reports each of ten mistakes with file, path, code, found and allowed values, exit code 2', async () => {
    const cli = await openCommandLine();
    const file = writePolicy(TEN_MISTAKES);
    const ended = await cli.run(`lint --policy ${file}`);
    const said = ended.stdout.replaceAll(/\n {2,}/g, ' ');
    for (const [place, code] of [
      ['rules[0].match.group', 'BAD_VALUE'],
      ['rules[1].expect', 'BAD_VALUE'],
      ['rules[2].id', 'DUPLICATE_RULE_ID'],
      ['rules[3].match', 'UNREACHABLE_RULE'],
      ['rules[4].match', 'SETTING_CANNOT_APPLY'],
      ['rules[5].repairTo', 'REPAIR_OUTSIDE_EXPECT'],
      ['rules[6].expect', 'NEVER_ON_LOGIN_NOT_ALLOWED'],
      ['default.remidiate', 'UNKNOWN_KEY'],
      ['exemptions[0].expires', 'BAD_VALUE'],
      ['exemptions[1].reason', 'BAD_VALUE'],
    ] as const) {
      const at = said.indexOf(`error ${file}: ${place}`);
      expect([place, at]).not.toEqual([place, -1]);
      const block = said.slice(at, said.indexOf('\n', at));
      expect(block).toContain(`(${code})`);
      expect(block).toMatch(/ found .* allowed /);
    }
    expect(ended.stdout).toMatch(/^10 errors, \d+ warnings?\.\n$/m);
    expect(ended.code).toBe(2);
    expect(widest(ended)).toBeLessThanOrEqual(80);
    expect(cli.sandbox.requests).toEqual([]);
  });

  it.each([
    { claim: 'without a mistake', policy: CLEAN, words: '', code: 0, says: 'No problems.' },
    { claim: 'without a mistake and --strict', policy: CLEAN, words: ' --strict', code: 0, says: 'No problems.' },
    { claim: 'with a warning', policy: WARNED, words: '', code: 0, says: '0 errors, 1 warning.' },
    { claim: 'with a warning and --strict', policy: WARNED, words: ' --strict', code: 2, says: '1 error, 0 warnings.' },
  ])('lint of a policy $claim exits $code', async ({ policy, words, code, says }) => {
    const cli = await openCommandLine();
    const ended = await cli.run(`lint --policy ${writePolicy(policy)}${words}`);
    expect(ended.stdout).toContain(says);
    expect(ended.code).toBe(code);
  });

  it.each([
    { claim: 'that does not exist', file: () => '/none/policy.json' },
    { claim: 'that is not JSON', file: () => writePolicy('{"default": nope}') },
  ])('lint of a policy file $claim reports it on stderr and exits 2', async ({ file }) => {
    const cli = await openCommandLine();
    const place = file();
    const ended = await cli.run(`lint --policy ${place}`);
    expect(ended.stderr.replaceAll('\n  ', ' ')).toContain(`--policy ${place}: `);
    expect([ended.stdout, ended.code]).toEqual(['', 2]);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it.each(['[]', 'null', '"policy"', '{}', '{"rules": {"__proto__": 1}}', '{"\\u001b[31m": 1, "default": 7}'])(
    'lint of %j, which is not a policy, reports errors and does not crash',
    async (text) => {
      const cli = await openCommandLine();
      const ended = await cli.run(`lint --policy ${writePolicy(text)}`);
      expect(ended.stdout).toMatch(/^error /);
      expect(ended.stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect(ended.code).toBe(2);
    },
  );
});

it('each shipped environment lints without an error', async () => {
  for (const file of shippedFiles) {
    const terminal = recordTerminal({});
    const code = await runCommandLine(['lint'], contextOf([file], terminal));
    expect([file.file, code]).toEqual([file.file, 0]);
    expect(terminal.printed()).toMatch(/^0 errors|^No problems/m);
    expect(
      Math.max(
        ...terminal
          .printed()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  }
});
