import type { Author } from '../../connection/author';
import { SEVERITIES } from '../../contract';
import type { Attribution, Finding, UnknownAuthor } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { unreachable } from '../text/unreachable';
import { describeMoment, quoteAuthor, UNKNOWN_AUTHOR_WORDS } from '../words/author';
import { nameUnseen } from '../words/finding';
import { daysOpen } from '../words/lifecycle';
import { describeAdditions, describeCase, describeChange, nameEnding } from '../words/outcome';
import { count, describeTime } from '../words/run';
import { describeSelection, type Selection } from '../words/selection';
import type { Advice } from './advice';
import { writeFilters } from './filters';
import { explainLinks, linkId, linkStrategy } from './links';
import { dayOnly } from './numbers';
import { countShown, nameRest, ROWS } from './rest';

const COLUMNS = ['Severity', 'Connection', 'Strategy', 'Is', 'Should be', 'Changed by', 'Since', 'Outcome'];

/**
 * The findings as rows, most severe first. The script adds sorting, filters and pages; without the script the table shows
 * every row. `data-key` is the value for sorting and filtering a cell, if that value is not the text of the cell.
 */
export function writeFindings(report: Report, advice: Advice, selection?: Selection): Markup {
  const findings = selection?.findings ?? report.findings;
  if (findings.length === 0) return selection === undefined ? NOTHING : writeNoneShown(selection, report);
  const shown = findings.slice(0, ROWS);
  return html`<section aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${selection === undefined ? NOTHING : writeShown(selection, report)}${writeFilters(shown, advice)}
<table id="findings" data-found="${findings.length}"><caption>${countShown(shown.length, findings.length, 'finding')}, most severe first</caption>
<thead><tr>${COLUMNS.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${shown.map((finding) => writeRow(finding, report, advice))}</tbody></table>
<nav id="pages" aria-label="Pages of the table" hidden></nav>
${nameRest(shown.length, findings.length, report)}${explainLinks(shown, report)}${explainAuthors(shown)}
</section>`;
}

function writeNoneShown(selection: Selection, report: Report): Markup {
  return html`<section aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${writeShown(selection, report)}</section>`;
}

function writeShown(selection: Selection, report: Report): Markup {
  return html`<p>${describeSelection(selection, report)}</p>
`;
}

function writeRow(finding: Finding, report: Report, advice: Advice): Markup {
  const number = advice.numbers.get(finding);
  const { connection, severity, lifecycle, changedBy } = finding;
  const { name, displayName } = connection;
  const shown =
    displayName === null || displayName === name
      ? NOTHING
      : html`<small><bdi>${makeHarmless(displayName)}</bdi></small>`;
  return html`<tr data-life="${lifecycle}" data-do="${number ?? ''}"><td data-key="${SEVERITIES.indexOf(severity)}"><span class="severity ${severity}">${severity === 'informational' ? 'info' : severity}</span></td><th scope="row"><bdi>${makeHarmless(name)}</bdi>${shown}<small class="id">${linkId(connection, report)}</small></th><td>${linkStrategy(connection, report)}</td><td>${writeActual(finding)}</td><td>${writeExpected(finding)}</td><td>${writeAuthor(changedBy)}</td>${writeSince(finding, report)}${writeOutcome(finding, advice)}</tr>
`;
}

export function writeActual({ code, actual, effective }: Finding): Markup {
  const unseen = nameUnseen(code);
  if (unseen !== undefined) return html`<span class="muted">${unseen}</span>`;
  if (actual === null) return html`not set<small>Auth0's default: ${effective ?? 'unknown'}</small>`;
  return html`<code>${makeHarmless(actual, 50)}</code>${code === 'UNDOCUMENTED_VALUE' ? html`<small>undocumented</small>` : NOTHING}`;
}

export function writeExpected({ expected, code, rule }: Finding): Markup {
  const values = expected.map((value, index) => html`${index === 0 ? '' : ' or '}<code>${value}</code>`);
  const written = code === 'NOT_EXPLICIT' ? html`<small>set explicitly</small>` : NOTHING;
  return html`${values}${written}<small>${rule === 'default' ? 'default' : `rule ${makeHarmless(rule)}`}</small>`;
}

function writeSince({ lifecycle, firstSeen }: Finding, report: Report): Markup {
  const days = daysOpen(firstSeen, report);
  const age = days === undefined || lifecycle !== 'open' ? NOTHING : html`<small>${count(days, 'day')}</small>`;
  const since = firstSeen === null ? html`<small>unknown</small>` : html`<small>${dayOnly(firstSeen)}</small>`;
  return html`<td data-key="${firstSeen === null ? '' : describeMoment(firstSeen)}"><span class="life ${lifecycle}">${lifecycle}</span>${since}${age}</td>`;
}

function writeOutcome(finding: Finding, { numbers, toldOnce }: Advice): Markup {
  const { outcome, change, exemption } = finding;
  const number = numbers.get(finding);
  return html`<td data-key="${outcome}"><b>${nameEnding(finding)}</b>${
    number === undefined ? NOTHING : html`<a href="#do-${number}">What to do: ${number}</a>`
  }${change === null ? NOTHING : writeChange(change, finding)}${
    exemption === null
      ? NOTHING
      : html`<small>exempt until ${makeHarmless(exemption.expires)}, ${makeHarmless(exemption.owner)}, ${makeHarmless(exemption.ticket)}: ${makeHarmless(exemption.reason, 200)}</small>`
  }${toldOnce.has(finding) ? NOTHING : describeCase(finding).map((words) => html`<small>${words}</small>`)}</td>`;
}

function writeChange(change: NonNullable<Finding['change']>, { outcome, repair }: Finding): Markup {
  return html`<small>${describeChange(change)}</small><small>written ${describeTime(change.writtenAt)}, ${change.windowMs} ms between read and write</small>${describeAdditions({ outcome, change, repair }).map((words) => html`<small>${words}</small>`)}`;
}

/** Who changed a connection, through which channel and when. The text below the table explains an unknown author. */
function writeAuthor(changedBy: Attribution | null): Markup {
  switch (changedBy?.kind) {
    case undefined:
      return html`<span class="muted">not looked up</span>`;
    case 'unknown':
      return html`<span class="muted">unknown</span>`;
    case 'ours':
      return html`${changedBy.by === null || changedBy.change === 'repair' ? 'this auditor' : html`<bdi>${writeName(quoteAuthor(changedBy.by))}</bdi>`}<small>${changedBy.change} ${makeHarmless(changedBy.runId)}</small><small>${describeMoment(changedBy.at)}</small>`;
    case 'known':
      return html`<bdi>${writeName(nameOf(changedBy))}</bdi><small>${changedBy.channel === 'dashboard' ? 'Dashboard' : 'API'}</small><small>${describeMoment(changedBy.at)}</small>${writeTraces(changedBy)}`;
    default:
      return html`${changedBy === undefined ? '' : unreachable(changedBy)}`;
  }
}

/** Allows a line break after the `@` of an e-mail address, for narrow columns. */
function writeName(name: string): Markup {
  const [first = '', ...rest] = name.split(/(?<=@)/);
  return html`${first}${rest.map((part) => html`<wbr>${part}`)}`;
}

function nameOf({ email, clientName, clientId, channel }: Author): string {
  const name = email ?? clientName ?? clientId;
  return name === null ? (channel === 'dashboard' ? 'a person' : 'an application') : quoteAuthor(name);
}

/** The details that distinguish two computers or two applications. */
function writeTraces({ clientName, clientId, email, address, userAgent }: Author): Markup {
  const isNamed = email !== null || clientName !== null;
  const traces = [address, isNamed ? clientId : null, userAgent].filter((trace) => trace !== null);
  if (traces.length === 0) return NOTHING;
  return html`<details><summary>Details</summary>${traces.map((trace) => html`<small>${makeHarmless(trace, 120)}</small>`)}</details>`;
}

/** Each reason for an unknown author that occurs in the table. */
function explainAuthors(shown: readonly Finding[]): Markup {
  const reasons = new Set(shown.flatMap(({ changedBy }) => whyUnknown(changedBy)));
  return html`${[...reasons].map((why) => html`<p class="muted">For rows without an author, the author is ${UNKNOWN_AUTHOR_WORDS[why]}</p>`)}`;
}

function whyUnknown(changedBy: Finding['changedBy']): UnknownAuthor[] {
  return changedBy?.kind === 'unknown' ? [changedBy.why] : [];
}
