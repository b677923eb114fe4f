import { SEVERITIES } from '../../contract';
import type { Finding } from '../../judge/finding';
import { isResting, isSettled } from '../../judge/outcome';
import { inOneLine } from '../commands/command';
import { retryCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import { groupBy } from '../text/group-by';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { dashboardLink, dashboardLinks, dashboardPath } from '../words/dashboard';
import { describeDrift, explainEffect } from '../words/finding';
import { describeCase, describeEnding, nameEnding, RESTING_ADVICE, RETRY_NOW } from '../words/outcome';
import { describeRepair } from '../words/repair';
import { count } from '../words/run';
import { countGrouped, grouped } from './numbers';

type Group = readonly [Finding, ...Finding[]];

/** What to do, written once for all findings with the same meaning. Their rows refer to it by its number. */
export interface Advice {
  readonly groups: readonly Group[];
  readonly numbers: ReadonlyMap<Finding, number>;
  /** The findings that share their detail with the whole group. The group shows the detail. */
  readonly toldOnce: ReadonlySet<Finding>;
}

/** A settled finding needs no action. The findings are sorted by severity, most severe first, and so are the groups. */
export function planAdvice(findings: readonly Finding[]): Advice {
  const groups = groupBy(
    findings.filter((finding) => !isSettled(finding)),
    meaningOf,
  );
  const numbers = new Map(groups.flatMap((group, index) => group.map((finding) => [finding, index + 1] as const)));
  const toldOnce = new Set(groups.filter(isCaseShared).flat());
  return { groups, numbers, toldOnce };
}

/** The key of a group. It does not depend on the connection, its type, its rule or the details of its case. */
function meaningOf(finding: Finding): string {
  return JSON.stringify([describeDrift(finding), describeRepair(finding), becameOf(finding)]);
}

/** Whether a group has several findings, and all of them have the same detail. */
function isCaseShared([first, ...others]: Group): boolean {
  const words = describeCase(first).join(' ');
  return others.length > 0 && words !== '' && others.every((finding) => describeCase(finding).join(' ') === words);
}

function becameOf(finding: Finding): string {
  return describeEnding({ ...finding, detail: null, refusal: null });
}

/** The most names or rules that are listed; the others are counted. */
const SHOWN = 5;

export function writeAdvice({ groups }: Advice, canonicalHost: string, commands: CommandPlace): Markup {
  if (groups.length === 0) return NOTHING;
  return html`<section aria-labelledby="advice">
<h2 id="advice">What to do</h2>
<div class="cards">${groups.map((group, index) => writeCard(group, index + 1, { canonicalHost, commands }))}</div>
</section>`;
}

interface CardContext {
  /** The host of the tenant's own domain. */
  readonly canonicalHost: string;
  readonly commands: CommandPlace;
}

function writeCard(group: Group, number: number, { canonicalHost, commands }: CardContext): Markup {
  const [first] = group;
  const worst = SEVERITIES.findLast((severity) => group.some((finding) => finding.severity === severity)) ?? 'low';
  return html`<article class="card ${worst}" id="do-${number}" tabindex="-1">
<h3><span class="number">${number}</span> <span>${capitalized(describeDrift(first))}</span></h3>
<p class="of"><span class="severity ${worst}">${worst}</span> <b>${nameEnding(first)}</b> ${countGrouped(group.length, 'connection')}: ${writeNames(group, canonicalHost)}</p>
<dl>
<div><dt>Effect</dt><dd>${explainEffect(first)}</dd></div>
<div><dt>To do</dt><dd>${describeRepair(first)}</dd></div>
<div><dt>Status</dt><dd>${isCaseShared(group) ? describeEnding(first) : becameOf(first)}</dd></div>
<div><dt>Where</dt><dd>${writePaths(group, canonicalHost)}</dd></div>
<div><dt>Policy</dt><dd>${writeRules(group)}</dd></div>${writeRetry(group, commands)}
</dl>
</article>`;
}

function writeRetry(group: Group, commands: CommandPlace): Markup {
  if (!isResting(group[0])) return NOTHING;
  const retry = retryCommand(
    commands,
    group.map(({ connection }) => connection.id),
  );
  const now = retry === undefined ? NOTHING : html` ${RETRY_NOW} <code>${inOneLine(retry)}</code>`;
  return html`
<div><dt>Retry</dt><dd>${RESTING_ADVICE}${now}</dd></div>`;
}

function capitalized(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function writeNames(group: Group, canonicalHost: string): Markup {
  const shown = group.slice(0, SHOWN);
  const more = group.length - shown.length;
  const listed = shown.map(({ connection }, index) => {
    const name = html`<bdi>${makeHarmless(connection.name, 40)}</bdi>`;
    const link = dashboardLink(canonicalHost, connection);
    return html`${index === 0 ? '' : ', '}${link?.opens === 'connection' ? html`<a href="${link.address}">${name}</a>` : name}`;
  });
  return html`${listed}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}

const NO_PATH = 'Unknown: the auditor does not know this strategy.';

/** Each path in the Dashboard once. Several paths are shown with their strategies. */
function writePaths(group: Group, canonicalHost: string): Markup {
  const ways = groupBy(group, ({ connection }) => dashboardPath(connection.strategy) ?? NO_PATH);
  const shown = ways.slice(0, SHOWN);
  return html`${shown.map((way) => {
    const path = dashboardPath(way[0].connection.strategy) ?? NO_PATH;
    return html`<p>${ways.length === 1 ? '' : `${namesOf(way)}: `}${path}${writeList(way, canonicalHost)}</p>`;
  })}${ways.length > SHOWN ? html`<p>and ${count(ways.length - SHOWN, 'more path')}</p>` : NOTHING}`;
}

/** A link to the list that has all connections of a path. A connection with its own page has a link on its name instead. */
function writeList(way: Group, canonicalHost: string): Markup {
  const [link, ...others] = dashboardLinks(
    canonicalHost,
    way.map(({ connection }) => connection),
  );
  return link?.opens === 'list' && others.length === 0 ? html` <a href="${link.address}">Open the list</a>` : NOTHING;
}

function namesOf(way: Group): string {
  const names = [...new Set(way.map(({ connection }) => makeHarmless(connection.strategy, 24)))];
  const more = names.length - SHOWN;
  return [...names.slice(0, SHOWN), ...(more > 0 ? [`${grouped(more)} more`] : [])].join(', ');
}

function writeRules(group: Group): Markup {
  const rules = groupBy(group, ({ rule, reason }) => JSON.stringify([rule, reason]));
  const more = rules.length - SHOWN;
  return html`${rules.slice(0, SHOWN).map(([{ rule, reason }]) => {
    const name = rule === 'default' ? 'Default' : `Rule ${makeHarmless(rule)}`;
    return html`<p>${name}${reason === null ? '.' : `: ${makeHarmless(reason, 500)}`}</p>`;
  })}${more > 0 ? html`<p>and ${count(more, 'more rule')}</p>` : NOTHING}`;
}
