import type { Connection } from '../lambda/connection/connection';
import { evaluate } from '../lambda/judge/evaluate';
import { type Finding, toFinding } from '../lambda/judge/finding';
import { exemptionsOf } from '../lambda/policy/exemptions';
import { compilePolicy, resolveExpectation } from '../lambda/policy/expectation';
import type { Exemption, Policy } from '../lambda/policy/policy';
import { countIn, newCoverage } from '../lambda/run/coverage';
import { median } from './median';

const CONNECTIONS = 100_000;
const EXEMPTIONS = 1_000;
const RULES = 300;
const NOW = Date.UTC(2026, 10, 23);

/** Judges 100,000 connections with and without exemptions (a third by id, by name, by glob) and prints the ratio. */
export function benchPolicy(): string {
  const rules = Array.from({ length: RULES }, (_, index) => ({
    id: `rule-${index}`,
    match: { strategy: ['samlp', 'oidc'], name: `team-${index}-*` },
    expect: 'on_first_login' as const,
  }));
  const without = { rules, default: { expect: 'on_each_login' as const } };
  const withThem = { ...without, exemptions: Array.from({ length: EXEMPTIONS }, (_, index) => draftExemption(index)) };
  const plain = { ...without, rules: [] };
  const connections = Array.from({ length: CONNECTIONS }, (_, index) => draftConnection(index));

  const [bare, exempt] = medians([plain, { ...plain, exemptions: withThem.exemptions }], connections);
  const [ruled, both] = medians([without, withThem], connections);
  return [
    `judging ${CONNECTIONS} connections, ${EXEMPTIONS} exemptions against none, median of ${ROUNDS}:`,
    `  no rules      ${line(exempt, bare)}`,
    `  ${RULES} rules     ${line(both, ruled)}`,
  ].join('\n');
}

const ROUNDS = 9;

/** Alternates between both, so that a busy moment of the machine affects both. */
function medians(policies: readonly [Policy, Policy], connections: readonly Connection[]): readonly [number, number] {
  const times: readonly [number[], number[]] = [[], []];
  judge(policies[0], connections);
  judge(policies[1], connections);
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(judge(policies[0], connections));
    times[1].push(judge(policies[1], connections));
  }
  return [median(times[0]), median(times[1])];
}

/** Milliseconds to compile the policy and judge every connection, like a run. */
function judge(policy: Policy, connections: readonly Connection[]): number {
  const started = performance.now();
  const compiled = compilePolicy(policy, { now: NOW, timeZone: 'UTC' });
  const coverage = newCoverage();
  const findings: Finding[] = [];
  for (const connection of connections) {
    const expectation = resolveExpectation(compiled, connection);
    const exemptions = exemptionsOf(compiled.exemptions, connection);
    const verdict = evaluate(connection, expectation);
    countIn(coverage, connection, expectation, exemptions, verdict);
    if (verdict.verdict !== 'noncompliant') continue;
    findings.push(toFinding(connection, verdict, expectation, { occurrence: undefined, exemption: exemptions[0] }));
  }
  if (findings.length === 0) throw new Error('nothing was judged');
  return performance.now() - started;
}

function draftExemption(index: number): Exemption {
  const targets = [{ id: `con_${index * 7}` }, { name: `team-${index}-eu` }, { name: `legacy-${index}-*` }];
  return {
    ...targets[index % targets.length],
    reason: 'Migration.',
    owner: 'identity-team@example.com',
    ticket: `ID-${index}`,
    expires: '2027-01-31',
  };
}

function draftConnection(index: number): Connection {
  return {
    id: `con_${index}`,
    name: index % 50 === 0 ? `legacy-${index % 1_000}-x` : `team-${index % 5_000}-eu`,
    displayName: undefined,
    strategy: index % 3 === 0 ? 'samlp' : 'oidc',
    isDomainConnection: false,
    metadata: {},
    shown: [],
    options: {
      visibility: 'visible',
      rootAttributes: index % 4 === 0 ? { kind: 'documented', value: 'on_first_login' } : { kind: 'absent' },
      customDatabase: false,
      importMode: false,
      encryptedConfiguration: false,
      bothPasswordSchemes: false,
      attributesConflict: false,
      maskedSecret: false,
      isAlone: false,
      lacks: [],
    },
  };
}

function line(exempt: number, bare: number): string {
  return `${(exempt / bare).toFixed(2)} times (${exempt.toFixed(0)} ms against ${bare.toFixed(0)} ms)`;
}

if (require.main === module) process.stdout.write(`${benchPolicy()}\n`);
