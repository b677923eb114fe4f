import { keysOf } from '../../connection/tables';
import { type Finding, LIFECYCLES } from '../../judge/finding';
import type { Outcome } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { groupBy } from '../text/group-by';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { countLifecycles, isNewlyHeld } from '../words/lifecycle';
import { countOutcomes, nameOutcome, outcomesOf, outcomesOfKind } from '../words/outcome';
import { count, describeCoverage } from '../words/run';
import { grouped } from './numbers';
import { describeTally, drawBar, KIND_NAMES, KINDS, type Kind, type Tally, tally, writeLegend } from './tally';

/** A bar over all listed connections, and its parts as numbers. */
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
<h2 id="counts">Summary</h2>
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

/** Readers look for a zero here. In report mode nothing can be fixed, so `fixed` is shown only in remediate mode. */
function isAlwaysShown(kind: Kind, mode: Report['mode']): boolean {
  return kind !== 'unverified' && (kind !== 'fixed' || mode === 'remediate');
}

function writeTile(colour: string, name: string, count: number): Markup {
  return html`<div><dt><i class="${colour}"></i>${name}</dt><dd>${grouped(count)}</dd></div>`;
}

/** The open findings by lifecycle, counted as in the headline. */
function writeLifecycles({ findings, resolved }: Report): Markup {
  const counts = countLifecycles(findings);
  const held = findings.filter(isNewlyHeld).length;
  return writeChips('Lifecycle', [
    ...keysOf(LIFECYCLES).map(
      (lifecycle) => [LIFECYCLES[lifecycle].isNews ? lifecycle : `still ${lifecycle}`, counts[lifecycle]] as const,
    ),
    ...(held === 0 ? [] : [['held', held] as const]),
    ['resolved', resolved.length],
  ]);
}

/** The outcomes of the findings, most severe first. In remediate mode the zeros of failures and repairs are shown too. */
function writeOutcomes({ findings, mode }: Report): Markup {
  const counts = countOutcomes(findings);
  const found = outcomesOf(findings);
  const always: readonly Outcome[] = mode === 'remediate' ? [...outcomesOfKind('failure'), 'remediated'] : [];
  return writeChips(
    mode === 'remediate' ? 'Outcomes' : 'In remediate mode',
    [...found, ...always.filter((outcome) => !found.includes(outcome))].map((outcome) => [
      nameOutcome(outcome, findings),
      counts[outcome],
    ]),
  );
}

function writeChips(title: string, chips: readonly (readonly [name: string, count: number])[]): Markup {
  if (chips.length === 0) return NOTHING;
  return html`<div class="chips"><h3>${title}</h3><ul>${chips.map(
    ([name, count]) => html`<li${count === 0 ? html` class="none"` : ''}><b>${grouped(count)}</b> ${name}</li>`,
  )}</ul></div>`;
}

/** The most bars of the plot; the other strategies are counted. */
const STRATEGIES_SHOWN = 12;

/** The findings by strategy: a bar for each strategy, longest first. */
export function writeStrategies({ findings }: Report): Markup {
  if (findings.length === 0) return NOTHING;
  const groups = groupBy(findings, ({ connection }) => connection.strategy).toSorted((a, b) => b.length - a.length);
  const longest = groups[0]?.length ?? 1;
  const rest = groups.slice(STRATEGIES_SHOWN);
  const counts = tally(findings);
  return html`<section aria-labelledby="strategies">
<h2 id="strategies">By strategy</h2>
<table class="bars"><caption>Findings by strategy, most first</caption>
<thead><tr><th scope="col">Strategy</th><th scope="col">Share</th><th scope="col">Findings</th></tr></thead>
<tbody>${groups.slice(0, STRATEGIES_SHOWN).map((group) => writeStrategy(group, longest))}</tbody></table>
${rest.length === 0 ? NOTHING : html`<p class="muted">Other strategies: ${grouped(rest.length)}, with ${count(rest.flat().length, 'finding')}.</p>`}
${writeLegend(KINDS.filter((kind) => counts[kind] > 0))}
</section>`;
}

function writeStrategy(group: readonly [Finding, ...Finding[]], longest: number): Markup {
  const counts = tally(group);
  const bar = drawBar(
    KINDS.map((kind) => ({ colour: kind, count: counts[kind] })),
    longest,
  );
  return html`<tr><th scope="row"><bdi>${makeHarmless(group[0].connection.strategy, 24)}</bdi></th><td>${bar}</td><td><b>${grouped(group.length)}</b><small>${describeShare(counts)}</small></td></tr>`;
}

/** The total comes before this text, so a single kind needs only its name. */
function describeShare(counts: Tally): string {
  const [only, ...others] = KINDS.filter((kind) => counts[kind] > 0);
  return only !== undefined && others.length === 0 ? KIND_NAMES[only] : describeTally(counts);
}
