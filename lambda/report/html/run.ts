import type { Notification, Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';
import { html, type Markup } from '../text/markup';
import { unreachable } from '../text/unreachable';
import { describeMoment } from '../words/author';
import { describeMode, describeOtherWriters } from '../words/run';
import { grouped, nameDuration } from './times';

/** The facts that someone needs who asks where this page comes from. */
export function writeRun(report: Report): Markup {
  const { startedAt, finishedAt, coverage, places, telling } = report;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Run', makeVisible(report.runId)],
    ['Environment', makeVisible(report.environment)],
    ['Tenant', makeVisible(report.tenant)],
    ['Mode', describeMode(report.mode)],
    ['Started', describeMoment(startedAt)],
    ['Took', nameDuration(startedAt, finishedAt)],
    [
      'Saw',
      `${grouped(coverage.listed)} listed, ${grouped(coverage.judged)} judged${report.complete ? '' : ', not everything'}`,
    ],
    ['Other writers', describeOtherWriters(report.otherWriters)],
    ['Message', explainNotification(telling)],
    ...(places === null
      ? ([['Kept', 'nowhere']] as const)
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

function explainNotification(telling: Notification): string {
  switch (telling) {
    case 'at_once':
      return 'people are told at once: something is new, back, repaired, failed or incomplete';
    case 'reminder':
      return 'people are reminded of what stays open';
    case 'all_clear':
      return 'people are told that all is well';
    case 'nothing_new':
      return 'none: nothing changed';
    default:
      return unreachable(telling);
  }
}
