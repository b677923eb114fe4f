import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { groupBy } from '../text/group-by';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { count } from '../words/run';
import { describeTally, drawBar, KIND_NAMES, KINDS, type Tally, tally, writeLegend } from './tally';
import { grouped } from './times';

/** A plot of more bars is no plot; the rest is counted. */
const SHOWN = 12;

/** Which kinds of connections drift: a bar for each strategy, the longest first. */
export function writeStrategies({ findings }: Report): Markup {
  if (findings.length === 0) return NOTHING;
  const groups = groupBy(findings, ({ connection }) => connection.strategy).toSorted((a, b) => b.length - a.length);
  const longest = groups[0]?.length ?? 1;
  const rest = groups.slice(SHOWN);
  const counts = tally(findings);
  return html`<section aria-labelledby="strategies">
<h2 id="strategies">By strategy</h2>
<table class="bars"><caption>Findings of each strategy, the most first</caption>
<thead><tr><th scope="col">Strategy</th><th scope="col">Share</th><th scope="col">Findings</th></tr></thead>
<tbody>${groups.slice(0, SHOWN).map((group) => writeStrategy(group, longest))}</tbody></table>
${rest.length === 0 ? NOTHING : html`<p class="muted">and ${grouped(rest.length)} more with ${count(rest.flat().length, 'finding')}.</p>`}
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

/** The number stands before it: where there is one kind, its name says all. */
function describeShare(counts: Tally): string {
  const [only, ...others] = KINDS.filter((kind) => counts[kind] > 0);
  return only !== undefined && others.length === 0 ? KIND_NAMES[only] : describeTally(counts);
}
