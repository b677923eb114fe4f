import type { ChangedConnection, EarlierChange } from '../../judge/change';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import {
  type ChangeGroup,
  countResults,
  describeChangedValue,
  describeChangeRun,
  explainChange,
  explainReason,
  groupByResult,
  isToCheck,
} from '../words/change';
import { CHANGE_HEADINGS, countWrites, partChanges } from '../words/earlier';
import { grouped } from './numbers';

/** All unreported writes of earlier runs, and all changes by people. They come before the results of this run. */
export function writeEarlier({ earlierChanges }: Report): Markup {
  const { ofRuns, ofPeople } = partChanges(earlierChanges);
  return html`${writeSection('earlier-runs', `${CHANGE_HEADINGS.ofRuns}: ${grouped(countWrites(ofRuns))}`, ofRuns)}
${writeSection('earlier-people', `${CHANGE_HEADINGS.ofPeople}: ${grouped(ofPeople.length)}`, ofPeople)}`;
}

function writeSection(id: string, heading: string, changes: readonly EarlierChange[]): Markup {
  if (changes.length === 0) return NOTHING;
  const isGrave = changes.some(({ change }) => isToCheck(change));
  return html`<section${isGrave ? html` class="warning"` : ''} aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
${changes.map(writeChange)}
</section>`;
}

function writeChange(earlier: EarlierChange): Markup {
  const { change } = earlier;
  const groups = groupByResult(change);
  const reason = explainReason(change);
  return html`<article class="change">
<h3>${describeChangeRun(change)}</h3>
<p>${explainChange(earlier)}</p>
${reason.map((words) => html`<p>${words}</p>`)}
${groups.filter((group) => group.isToCheck).map(({ words }) => html`<p><b>${words.name}</b>: ${words.explanation} ${words.remedy}</p>`)}
${groups.length === 0 ? NOTHING : writeConnections(countResults(change), groups)}
</article>
`;
}

function writeConnections(caption: string, groups: readonly ChangeGroup[]): Markup {
  return html`<table class="list"><caption>${caption}</caption>
<thead><tr><th scope="col">Connection</th><th scope="col">Strategy</th><th scope="col">Change</th><th scope="col">Result</th></tr></thead>
<tbody>${groups.flatMap((group) => group.connections.map((connection) => writeRow(connection, group)))}</tbody></table>`;
}

function writeRow(connection: ChangedConnection, { words, isToCheck: isGrave }: ChangeGroup): Markup {
  const { id, name, strategy } = connection;
  return html`<tr><th scope="row"><bdi>${makeHarmless(name)}</bdi><small class="id">${makeHarmless(id, 40)}</small></th><td>${makeHarmless(strategy, 24)}</td><td>${describeChangedValue(connection)}</td><td>${isGrave ? html`<b>${words.name}</b>` : words.name}</td></tr>
`;
}
