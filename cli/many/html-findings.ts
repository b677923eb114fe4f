import type { Finding } from '../../lambda/judge/finding';
import type { Report } from '../../lambda/judge/report';
import { writeActual, writeExpected } from '../../lambda/report/html/findings';
import { linkId, linkStrategy } from '../../lambda/report/html/links';
import { countGrouped, grouped } from '../../lambda/report/html/numbers';
import { makeHarmless } from '../../lambda/report/text/harmless';
import { html, type Markup, NOTHING } from '../../lambda/report/text/markup';
import { nameLifecycle } from '../../lambda/report/words/lifecycle';
import { nameEnding } from '../../lambda/report/words/outcome';

/** With this limit, a browser opens a page of a hundred tenants quickly. The report of the environment lists all findings. */
const SHOWN = 20;

/** The most severe findings of one environment; empty if there are none. */
export function writeFirstFindings(report: Report): Markup {
  const { findings } = report;
  if (findings.length === 0) return NOTHING;
  const more = findings.length - SHOWN;
  return html`<table class="list"><caption>${countGrouped(findings.length, 'finding')}, most severe first</caption>
<thead><tr>${['Severity', 'Connection', 'Strategy', 'Is', 'Should be', 'Since', 'Outcome'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${findings.slice(0, SHOWN).map((finding) => writeRow(finding, report))}</tbody></table>
${more > 0 ? html`<p class="muted">and ${grouped(more)} more</p>\n` : NOTHING}`;
}

function writeRow(finding: Finding, report: Report): Markup {
  const { severity, connection } = finding;
  return html`<tr><td><span class="severity ${severity}">${severity === 'informational' ? 'info' : severity}</span></td><th scope="row"><bdi>${makeHarmless(connection.name)}</bdi><small class="id">${linkId(connection, report)}</small></th><td>${linkStrategy(connection, report)}</td><td>${writeActual(finding)}</td><td>${writeExpected(finding)}</td><td>${nameLifecycle(finding, report)}</td><td>${nameEnding(finding)}</td></tr>
`;
}
