import type { Report } from '../../judge/report';
import { html, type Markup, NOTHING } from '../text/markup';
import { countLifecycles } from '../words/lifecycle';
import { countOutcomes, nameEnding, outcomesOf } from '../words/outcome';
import { describeCoverage } from '../words/run';
import { drawBar, KIND_NAMES, KINDS, type Kind, tally } from './tally';
import { grouped } from './times';

/** How much of the tenant is as it should be: a bar over everything that was listed, and its parts as numbers. */
export function writeCounts(report: Report): Markup {
  const { coverage, summary, findings, mode } = report;
  const counts = tally(findings);
  const shown = KINDS.filter((kind) => counts[kind] > 0 || isAlwaysShown(kind, mode));
  const segments = [
    ...KINDS.map((kind) => ({ colour: kind, count: counts[kind] })),
    { colour: 'compliant', count: summary.compliant },
    { colour: 'apart', count: summary.not_applicable },
  ];
  return html`<section aria-labelledby="counts">
<h2 id="counts">At a glance</h2>
${drawBar(segments, Math.max(1, coverage.listed))}
<dl class="tiles">
${shown.map((kind) => writeTile(kind, KIND_NAMES[kind], counts[kind]))}
${writeTile('compliant', 'compliant', summary.compliant)}
${writeTile('apart', 'not applicable', summary.not_applicable)}
</dl>
<p>${describeCoverage(report)}</p>
${writeLifecycles(report)}
${writeOutcomes(report)}
</section>`;
}

/** A zero is good news that is looked for; where nothing can be put right it is none. */
function isAlwaysShown(kind: Kind, mode: Report['mode']): boolean {
  return kind !== 'unverified' && (kind !== 'fixed' || mode === 'remediate');
}

function writeTile(colour: string, name: string, count: number): Markup {
  return html`<div><dt><i class="${colour}"></i>${name}</dt><dd>${grouped(count)}</dd></div>`;
}

/** What still asks something of somebody, as the headline counts it. */
function writeLifecycles({ findings, resolved }: Report): Markup {
  const counts = countLifecycles(findings);
  return writeChips('Against earlier runs', [
    ['new', counts.new],
    ['reopened', counts.reopened],
    ['still open', counts.open],
    ['resolved', resolved.length],
  ]);
}

/** What became of the findings, the worst first. A run that may write says also how often nothing went wrong. */
function writeOutcomes({ findings, mode }: Report): Markup {
  const counts = countOutcomes(findings);
  const found = outcomesOf(findings);
  const always =
    mode === 'remediate' ? (['failed', 'remediated'] as const).filter((each) => !found.includes(each)) : [];
  return writeChips(
    mode === 'remediate' ? 'What became of them' : 'What a run that may write would do',
    [...found, ...always].map((outcome) => [nameEnding({ outcome, stopped: null }), counts[outcome]]),
  );
}

function writeChips(title: string, chips: readonly (readonly [name: string, count: number])[]): Markup {
  if (chips.length === 0) return NOTHING;
  return html`<div class="chips"><h3>${title}</h3><ul>${chips.map(
    ([name, count]) => html`<li${count === 0 ? html` class="none"` : ''}><b>${grouped(count)}</b> ${name}</li>`,
  )}</ul></div>`;
}
