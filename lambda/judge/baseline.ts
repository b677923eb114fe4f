import { byText } from '../connection/by-text';
import type { Connection } from '../connection/connection';
import { ROOT_ATTRIBUTES, type RootAttributes } from '../connection/setting';
import { isKnownStrategy } from '../connection/strategies';
import { dateOf, dayAt } from '../policy/days';
import type { When } from '../policy/exemptions';
import { PLACEHOLDER } from '../policy/placeholders';
import type { Exemption, Expectation, Policy, Rule } from '../policy/policy';
import { evaluate } from './evaluate';

/** For how long a drafted exemption holds: long enough to settle what deviates, short enough to be asked again. */
const DAYS = 90;

/** With fewer connections a value is an exception: a rule would also decide every connection that comes later. */
const FEWEST_FOR_A_RULE = 2;

/**
 * Drafts the policy that describes a tenant as it is: the commonest value as the default, a rule for the strategies in
 * which several connections have another, an exemption for each connection that differs from its own. A reviewer fills
 * in the reasons.
 */
export function draftBaseline(connections: readonly Connection[], when: When): Policy {
  const sightings = connections.flatMap(see);
  // The default decides every connection that comes later, too: Auth0's own stands where nothing is common.
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
  /** `null` where the value is not documented: only an exemption can describe it. */
  readonly value: RootAttributes | null;
}

const NOTHING_ALLOWED = { allowed: [], mustBeExplicit: false };

/** Where nothing is allowed, every connection that can be judged deviates, and the verdict says what is there. */
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

/** What a rule may say of a strategy; `undefined`: the default holds, also for a strategy that the auditor does not know. */
function majorityOf(strategy: string, values: readonly (RootAttributes | null)[]): RootAttributes | undefined {
  return isKnownStrategy(strategy) ? commonest(values) : undefined;
}

/**
 * The value that most have, if enough have it; the first of ROOT_ATTRIBUTES where several are equally common, so that the
 * order of connections has no say.
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

/** Nothing that was only found there is ever written elsewhere because of it, least of all `never_on_login`. */
function draftExpectation(expect: RootAttributes): Expectation {
  return { expect, reason: `${PLACEHOLDER}: why ${expect} should hold here`, remediate: false };
}

function draftExemption({ connection, value }: Sighting, expires: string): Exemption {
  const name = JSON.stringify(Array.from(connection.name).slice(0, 100).join(''));
  const found = value ?? 'a value that Auth0 does not document';
  return {
    id: connection.id,
    reason: `${PLACEHOLDER}: why ${name} (${connection.strategy.slice(0, 50)}) may have ${found}`,
    owner: PLACEHOLDER,
    ticket: PLACEHOLDER,
    expires,
  };
}
