import { inOneLine } from '../../lambda/report/commands/command';
import { auditCommand } from '../../lambda/report/commands/npm';
import { headline } from '../../lambda/report/headline/headline';
import { writeDocument } from '../../lambda/report/html/document';
import { grouped } from '../../lambda/report/html/numbers';
import { makeHarmless, makeVisible } from '../../lambda/report/text/harmless';
import { html, type Markup, NOTHING } from '../../lambda/report/text/markup';
import { describeMoment } from '../../lambda/report/words/author';
import { remedyFor } from '../../lambda/report/words/incomplete';
import { describeChanges, isFirstRun } from '../../lambda/report/words/lifecycle';
import { describeCoverage } from '../../lambda/report/words/run';
import { colourOfAll } from './colour';
import { writeFirstFindings } from './html-findings';
import { numbersOf } from './numbers';
import { nameStatus, quoteReason, type TenantResult, type TenantStatus, type TenantsReport } from './tenant-result';
import { describeTotals, headlineOfAll } from './words';

/** Several audits as one page: a table of environments, and a section for each. The page contains no script. */
export function writeTenantsHtml(report: TenantsReport): string {
  const { results, startedAt } = report;
  return writeDocument({
    title: headlineOfAll(report),
    colour: colourOfAll(results),
    lead: html`Auth0 connections · ${describeMoment(startedAt)}`,
    headline: headlineOfAll(report),
    main: html`${writeOverview(report)}
${results.map(writeTenant)}`,
    hasScript: false,
  });
}

function writeOverview(report: TenantsReport): Markup {
  return html`<section aria-labelledby="environments">
<h2 id="environments">Environments</h2>
<table><caption>${describeTotals(report)}</caption>
<thead><tr>${['Environment', 'State', 'Tenant', 'Judged', 'Drifted', 'High or critical', 'New', 'Indeterminate'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${report.results.map(writeRow)}</tbody></table>
</section>`;
}

function writeRow(result: TenantResult, index: number): Markup {
  const { environment, tenant, status } = result;
  const numbers = numbersOf(result);
  const counts = numbers && [numbers.judged, numbers.drifted, numbers.grave, numbers.fresh, numbers.indeterminate];
  const cells = counts?.map(grouped) ?? ['-', '-', '-', '-', '-'];
  return html`<tr><th scope="row"><a href="#${anchorOf(index)}">${makeHarmless(environment)}</a></th><td>${writeStatus(status)}</td><td>${nameTenant(tenant)}</td>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`;
}

/** The colours of a bar in the report of one environment. The text next to a colour states the same. */
const SWATCHES: Readonly<Record<TenantStatus, string>> = {
  not_reached: 'unverified',
  incomplete: 'unverified',
  history_failed: 'unverified',
  no_connections: 'unverified',
  indeterminate: 'indeterminate',
  not_set_up: 'unverified',
  drifted: 'drifted',
  ok: 'compliant',
};

function writeStatus(status: TenantStatus): Markup {
  return html`<i class="${SWATCHES[status]}"></i>${nameStatus(status)}`;
}

function writeTenant(result: TenantResult, index: number): Markup {
  const { environment, tenant, status, exitCode, report } = result;
  const anchor = anchorOf(index);
  const verdict = report === null ? nameStatus(status) : headline(report);
  return html`<section${exitCode === 2 ? html` class="warning"` : ''} id="${anchor}" aria-labelledby="${anchor}-title" tabindex="-1">
<h2 id="${anchor}-title">${makeHarmless(environment)} · ${nameTenant(tenant)}</h2>
<p><i class="${SWATCHES[status]}"></i><b>${verdict}</b></p>
${writeReason(result)}${writeRun(result)}</section>
`;
}

function writeReason(result: TenantResult): Markup {
  const { reason, report } = result;
  if (reason === null) return NOTHING;
  const incomplete = report?.incomplete ?? null;
  const remedy = incomplete === null ? NOTHING : html`<div><dt>Do</dt><dd>${remedyFor(incomplete.reason)}</dd></div>`;
  return html`<dl><div><dt>Reason</dt><dd>${quoteReason(result)}</dd></div>${remedy}</dl>
`;
}

function writeRun({ report, commands }: TenantResult): Markup {
  if (report === null) return NOTHING;
  const command = auditCommand(commands);
  const changes = isFirstRun(report) ? '' : ` Changes: ${describeChanges(report)}.`;
  return html`<p>${describeCoverage(report)}${changes}</p>
${writeFirstFindings(report)}<p class="muted">Run ${makeVisible(report.runId)}.${command === undefined ? '' : html` Full report: <code>${inOneLine(command)}</code>`}</p>
`;
}

function anchorOf(index: number): string {
  return `environment-${index + 1}`;
}

function nameTenant(tenant: string | null): string {
  return tenant === null ? 'tenant unknown' : makeVisible(tenant, 256);
}
