import { isFailure, isSettled } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { type CommandPlace, commandPlaceOf } from '../commands/place';
import { headline } from '../headline/headline';
import { makeHarmless, makeVisible } from '../text/harmless';
import { html, type Markup } from '../text/markup';
import { describeMoment } from '../words/author';
import { isToCheck } from '../words/change';
import type { DocsContext } from '../words/docs';
import { changesForPeople } from '../words/earlier';
import { hasUrgentNotice } from '../words/notice';
import { NOTIFICATION_WORDS } from '../words/notification';
import { describeMode, describeOtherWriters } from '../words/run';
import type { Selection } from '../words/selection';
import { planAdvice, writeAdvice } from './advice';
import { writeCounts, writeStrategies } from './counts';
import { type VerdictColour, writeDocument } from './document';
import { writeEarlier } from './earlier';
import { writeFindings } from './findings';
import { writeAuditorNotices, writeDocs, writeFailures, writeNotices, writeResolved, writeUnseen } from './notes';
import { grouped, nameDuration } from './numbers';
import { writeTrend } from './trend';

export interface PageContext extends DocsContext {
  /**
   * The place in which a reader runs the commands of the page.
   * @default the report's environment
   */
  readonly commands?: CommandPlace | undefined;
  /** The findings that the page shows, if it does not show all. */
  readonly selection?: Selection | undefined;
}

/** The whole report as one HTML file. */
export function writeHtml(
  report: Report,
  { docsUrl, commands = commandPlaceOf(report), selection }: PageContext = {},
): string {
  const advice = planAdvice(selection?.findings ?? report.findings);
  const verdict = headline(report);
  const environment = makeHarmless(report.environment);
  return writeDocument({
    title: `${environment}: ${verdict}`,
    colour: colourOf(report),
    lead: html`Auth0 connections · <b>${environment}</b> · ${makeVisible(report.tenant)} · ${describeMoment(report.startedAt)}`,
    headline: verdict,
    main: html`${writeAuditorNotices(report, commands)}${writeEarlier(report)}
${writeUnseen(report)}
${writeFailures(report)}
${writeCounts(report)}
<div class="${report.trend.length === 0 ? '' : 'pair'}">
${writeTrend(report)}
${writeStrategies(report)}
</div>
${writeAdvice(advice, report.canonicalHost, commands)}${writeDocs(report, docsUrl)}
${writeFindings(report, advice, selection)}
${writeResolved(report)}
${writeNotices(report)}
${writeRun(report)}`,
    hasScript: true,
  });
}

/** The colour that matches the headline. */
export function colourOf(report: Report): VerdictColour {
  const { complete, historyFailure, findings } = report;
  const changes = changesForPeople(report);
  const open = findings.filter((finding) => !isSettled(finding));
  const isGrave = open.some(
    ({ severity, outcome }) => severity === 'critical' || severity === 'high' || isFailure(outcome),
  );
  if (!complete || historyFailure !== null || isGrave) return 'alarming';
  if (changes.some(({ change }) => isToCheck(change))) return 'alarming';
  return open.length > 0 || changes.length > 0 || hasUrgentNotice(report) ? 'open' : 'calm';
}

/** The facts that show where this page comes from. */
function writeRun(report: Report): Markup {
  const { startedAt, finishedAt, coverage, places, telling } = report;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Run', makeVisible(report.runId)],
    ['Environment', makeVisible(report.environment)],
    ['Tenant', makeVisible(report.tenant)],
    ['Mode', describeMode(report.mode)],
    ['Started', describeMoment(startedAt)],
    ['Duration', nameDuration(startedAt, finishedAt)],
    [
      'Coverage',
      `${grouped(coverage.listed)} listed, ${grouped(coverage.judged)} judged${report.complete ? '' : ', incomplete'}`,
    ],
    ['Other writers', describeOtherWriters(report.otherWriters)],
    ['Notification', NOTIFICATION_WORDS[telling].explanation],
    ...(places === null
      ? ([['Record', 'not kept']] as const)
      : ([
          ['Record', makeVisible(places.record, 400)],
          ['This page', makeVisible(places.html, 400)],
        ] as const)),
  ];
  return html`<section aria-labelledby="run">
<h2 id="run">This run</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</section>`;
}
