import type { Connection } from '../../lambda/connection/connection';
import type { NotApplicable, Verdict } from '../../lambda/judge/evaluate';
import type { Explanation, PassedRule } from '../../lambda/judge/explain';
import type { Finding } from '../../lambda/judge/finding';
import type { DatedExemption } from '../../lambda/policy/exemptions';
import { fill } from '../../lambda/report/text/columns';
import { escapeUnseen, makeHarmless } from '../../lambda/report/text/harmless';
import { unreachable } from '../../lambda/report/text/unreachable';
import { describeDrift, explainEffect, listExpected } from '../../lambda/report/words/finding';
import { describeEnding } from '../../lambda/report/words/outcome';
import { describeRepair } from '../../lambda/report/words/repair';
import { count } from '../../lambda/report/words/run';

const COLUMNS = 80;
const SHOWN = 10;

/** Explains the verdict on one connection, as text for a terminal. */
export function describeExplanation({
  connection,
  passed,
  expectation,
  verdict,
  finding,
  exemptions,
}: Explanation): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Connection', [nameConnection(connection)]],
    ['Decided by', [nameRule(expectation.rule), ...describePassed(passed)]],
    ['Expected', [describeExpectation(expectation)]],
    ['Actual', [describeSetting(connection)]],
    ['Verdict', [describeVerdict(verdict, finding)]],
    ...(finding?.firstSeen == null ? [] : [['Lifecycle', [describeSeen(finding)]] as const]),
    ...(finding === null ? [] : [['Effect', [explainEffect(finding)]] as const]),
    ['Repair', describeRepairOf(finding)],
    ['Exemption', exemptions.length === 0 ? ['None.'] : exemptions.slice(0, SHOWN).map(describeExemption)],
  ];
  return sections.flatMap(([title, texts]) => layOut(title, texts)).join('\n');
}

function layOut(title: string, texts: readonly string[]): string[] {
  return texts.flatMap((text, index) => fill(text, { first: (index === 0 ? title : '').padEnd(12), columns: COLUMNS }));
}

function nameConnection({ id, name, displayName, strategy }: Connection): string {
  const shown = displayName === undefined ? '' : `, shown as ${makeHarmless(displayName)}`;
  return `${makeHarmless(name)} (${makeHarmless(id)}, strategy ${makeHarmless(strategy)}${shown})`;
}

function nameRule(rule: string): string {
  return rule === 'default' ? 'The default, because no rule matches.' : `Rule ${rule}, the first that matches.`;
}

function describePassed(passed: readonly PassedRule[]): string[] {
  const rest = passed.length - SHOWN;
  return [
    ...passed
      .slice(0, SHOWN)
      .map(({ rule, failed }) => `Rule ${rule} does not match: ${failed.map(escapeUnseen).join(', ')}.`),
    ...(rest > 0 ? [`Further rules that do not match: ${rest}.`] : []),
  ];
}

function describeExpectation({ allowed, mustBeExplicit, reason }: Explanation['expectation']): string {
  const explicit = mustBeExplicit ? ', written out' : '';
  const why = reason === undefined ? '' : ` Why: ${escapeUnseen(reason)}`;
  return `${listExpected(allowed)}${explicit}.${why}`;
}

function describeSetting({ options }: Connection): string {
  if (options.visibility !== 'visible') {
    return options.visibility === 'hidden'
      ? 'Unknown: the options are hidden from this token.'
      : 'Unknown: the options are empty.';
  }
  const { rootAttributes } = options;
  switch (rootAttributes.kind) {
    case 'absent':
      return 'Not set. Auth0 then uses on_each_login.';
    case 'documented':
      return `${rootAttributes.value}.`;
    case 'undocumented':
      return `${makeHarmless(rootAttributes.text)}, a value that Auth0 does not document.`;
    default:
      return unreachable(rootAttributes);
  }
}

function describeVerdict(verdict: Verdict, finding: Finding | null): string {
  switch (verdict.verdict) {
    case 'compliant':
      return 'Compliant.';
    case 'not_applicable':
      return `Not applicable: ${NOT_APPLICABLE_WORDS[verdict.reason]}`;
    case 'noncompliant':
    case 'indeterminate': {
      if (finding === null) return `${verdict.verdict} (${verdict.code}).`;
      return `${verdict.verdict === 'noncompliant' ? 'Noncompliant' : 'Indeterminate'} (${verdict.code}), severity ${finding.severity}: ${describeDrift(finding)}.`;
    }
    default:
      return unreachable(verdict);
  }
}

/** Source: https://auth0.com/docs/manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0 */
export const NOT_APPLICABLE_WORDS: Readonly<Record<NotApplicable, string>> = {
  strategy_without_setting: 'passwordless connections do not have the setting.',
  no_custom_database: 'the users are in a database of Auth0, so no external source can overwrite them.',
  import_mode: 'the custom database only moves users into Auth0 at their first login.',
};

function describeSeen({ lifecycle, firstSeen }: Finding): string {
  switch (lifecycle) {
    case 'new':
      return 'New: no earlier run reported this finding.';
    case 'reopened':
      return 'Reopened: an earlier run reported this finding as resolved.';
    case 'open':
      return `Open: a run first found this on ${firstSeen?.slice(0, 10)}.`;
    default:
      return unreachable(lifecycle);
  }
}

function describeRepairOf(finding: Finding | null): string[] {
  if (finding === null) return ['None needed.'];
  return [describeRepair(finding), `Outcome of a run: ${finding.outcome}. ${describeEnding(finding)}`];
}

function describeExemption({ exemption, status, daysLeft }: DatedExemption, index: number): string {
  const { id, name, reason, owner, ticket, expires } = exemption;
  const by = id === undefined ? `by name ${escapeUnseen(name ?? '')}` : 'by id';
  const state = {
    active: `Exempt ${by} until the end of ${expires} (${count(daysLeft, 'day')} left)`,
    grace: `Expired on ${expires} (${by}): in the grace period, so it is a finding again but is not repaired yet`,
    expired: `Expired on ${expires} (${by}): no effect`,
  }[status];
  const first = index === 0 ? state : `Also ${by}, until ${expires}; the exemption above lasts longer and applies`;
  return `${first}. Reason: ${escapeUnseen(reason)} Owner: ${escapeUnseen(owner)}. Ticket: ${escapeUnseen(ticket)}.`;
}
