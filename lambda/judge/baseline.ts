import { byText } from '../connection/by-text';
import type { Connection } from '../connection/connection';
import { ROOT_ATTRIBUTES, type RootAttributes } from '../connection/setting';
import { isKnownStrategy } from '../connection/strategies';
import { dateOf, dayAt } from '../policy/days';
import type { When } from '../policy/exemptions';
import { PLACEHOLDER } from '../policy/placeholders';
import type { Exemption, Expectation, Policy, Rule } from '../policy/policy';
import { evaluate } from './evaluate';

/** Days until a drafted exemption expires: enough time to fix the connection, and soon enough for a new review. */
const DAYS = 90;

/** A value of fewer connections is an exception, because a rule would also decide every later connection. */
const FEWEST_FOR_A_RULE = 2;

/**
 * Drafts the policy that describes the current state of a tenant. The most common value is the default. Strategies in which
 * another value is the most common, with several connections, get a rule. Every connection that differs from its rule or
 * default gets an exemption. A reviewer fills in the reasons.
 */
export function draftBaseline(connections: readonly Connection[], when: When): Policy {
  const sightings = connections.flatMap(see);
  // The default also decides every later connection. If no value is common, it is Auth0's default.
  const common = commonest(sightings.map(({ value }) => value)) ?? 'on_each_login';
  const majorities = findMajorities(sightings, common);
  const expires = dateOf(dayAt(when.now, when.timeZone) + DAYS);
  return {
    rules: draftRules(majorities, common),
    default: draftExpectation(common),
    exemptions: sightings
      .filter(({ connection, value }) => value !== majorities.get(connection.strategy))
      .sort((a, b) => byText(a.connection.name, b.connection.name) || byText(a.connection.id, b.connection.id))
      .map((sighting) => draftExemption(sighting, expires)),
  };
}

interface Sighting {
  readonly connection: Connection;
  /** `null` if the value is undocumented: only an exemption can describe it. */
  readonly value: RootAttributes | null;
}

const NOTHING_ALLOWED = { allowed: [], mustBeExplicit: false };

/** With no allowed value, every connection that can be judged deviates, and its verdict contains the current value. */
function see(connection: Connection): Sighting[] {
  const verdict = evaluate(connection, NOTHING_ALLOWED);
  return verdict.verdict === 'noncompliant' ? [{ connection, value: verdict.effective }] : [];
}

function findMajorities(sightings: readonly Sighting[], common: RootAttributes): ReadonlyMap<string, RootAttributes> {
  const values = new Map<string, (RootAttributes | null)[]>();
  for (const { connection, value } of sightings) {
    const seen = values.get(connection.strategy);
    if (seen === undefined) values.set(connection.strategy, [value]);
    else seen.push(value);
  }
  return new Map([...values].map(([name, seen]) => [name, majorityOf(name, seen) ?? common]));
}

/**
 * The value of a rule for a strategy. `undefined`: the default applies, as for every strategy that the auditor does not
 * know.
 */
function majorityOf(strategy: string, values: readonly (RootAttributes | null)[]): RootAttributes | undefined {
  return isKnownStrategy(strategy) ? commonest(values) : undefined;
}

/**
 * The most common value, if enough connections have it. If several values are equally common, it is the first of them in
 * ROOT_ATTRIBUTES, so that the order of connections has no effect.
 */
function commonest(values: readonly (RootAttributes | null)[]): RootAttributes | undefined {
  const counted = ROOT_ATTRIBUTES.map((value) => ({ value, times: values.filter((other) => other === value).length }));
  const most = Math.max(FEWEST_FOR_A_RULE, ...counted.map(({ times }) => times));
  return counted.find(({ times }) => times === most)?.value;
}

function draftRules(majorities: ReadonlyMap<string, RootAttributes>, common: RootAttributes): Rule[] {
  return ROOT_ATTRIBUTES.filter((value) => value !== common).flatMap((value) => {
    const strategies = [...majorities].filter(([, majority]) => majority === value).map(([strategy]) => strategy);
    if (strategies.length === 0) return [];
    const id = `as-found-${value.replaceAll('_', '-')}`;
    return [{ id, match: { strategy: strategies.sort(byText) }, ...draftExpectation(value) }];
  });
}

/** A drafted rule or default never repairs: a value that the auditor only found must not be written to other connections. */
function draftExpectation(expect: RootAttributes): Expectation {
  return { expect, reason: `${PLACEHOLDER}: why ${expect} is expected here`, remediate: false };
}

function draftExemption({ connection, value }: Sighting, expires: string): Exemption {
  const name = JSON.stringify(Array.from(connection.name).slice(0, 100).join(''));
  const found = value ?? 'a value that Auth0 does not document';
  return {
    id: connection.id,
    reason: `${PLACEHOLDER}: why ${name} (${connection.strategy.slice(0, 50)}) is allowed to have ${found}`,
    owner: PLACEHOLDER,
    ticket: PLACEHOLDER,
    expires,
  };
}
