import type { Report, TrendPoint } from '../../judge/report';
import { html, type Markup, NOTHING } from '../text/markup';
import { describeMoment } from '../words/author';
import { count } from '../words/run';
import { dayOnly, grouped } from './numbers';
import { describeTally, KIND_NAMES, KINDS, type Tally, tally, writeLegend } from './tally';

/** The most runs in the plot. More bars would be too close together. */
const SHOWN = 30;

interface RunCounts extends Pick<TrendPoint, 'at' | 'complete' | 'listed'> {
  readonly counts: Tally;
}

/** Drift over the last runs, newest at the right: a bar for each run, a sentence, and the numbers. */
export function writeTrend(report: Report): Markup {
  const runs = [...report.trend.map(earlierRun), thisRun(report)].slice(-SHOWN);
  const [first, ...later] = runs;
  const last = later.at(-1);
  return html`<section class="trend" aria-labelledby="trend">
<h2 id="trend">Trend</h2>
${
  first === undefined || last === undefined
    ? html`<p class="muted">No earlier run is recorded. The trend starts with the next run.</p>`
    : html`<figure>
<figcaption id="trend-words">${describeTrend(runs)}</figcaption>
${drawRuns(runs)}
<div class="ends" aria-hidden="true"><span>${dayOnly(first.at)}</span><span>this run</span></div>
${writeLegend(KINDS.filter((kind) => runs.some(({ counts }) => counts[kind] > 0)))}
</figure>
${writeNumbers(runs)}`
}
</section>`;
}

/** The history keeps only a few numbers of an earlier run, so its unverified repairs count as drifted. */
function earlierRun({ at, complete, listed, noncompliant, indeterminate, exempt, remediated }: TrendPoint): RunCounts {
  const drifted = Math.max(0, noncompliant - exempt - remediated);
  return { at, complete, listed, counts: { unverified: 0, drifted, indeterminate, exempt, fixed: remediated } };
}

function thisRun({ startedAt, complete, coverage, findings }: Report): RunCounts {
  return { at: startedAt, complete, listed: coverage.listed, counts: tally(findings) };
}

function describeTrend(runs: readonly RunCounts[]): string {
  const [before, now] = runs.slice(-2);
  if (before === undefined || now === undefined) return '';
  const change = now.counts.drifted - before.counts.drifted;
  const difference =
    change === 0 ? 'the same as' : change > 0 ? `${grouped(change)} more than` : `${grouped(-change)} fewer than`;
  const compared =
    now.complete && before.complete ? `${difference} after the previous run` : 'not comparable with the previous run';
  const most = runs.reduce((worst, run) => (run.counts.drifted > worst.counts.drifted ? run : worst));
  const cut = runs.filter(({ complete }) => !complete).length;
  return `${grouped(now.counts.drifted)} still drifted after this run, ${compared}. Highest in ${count(runs.length, 'run')}: ${grouped(most.counts.drifted)}, on ${dayOnly(most.at)}.${cut === 0 ? '' : ` Incomplete (shaded): ${count(cut, 'run')}.`}`;
}

/** The plot contains no text, so the browser can stretch it to any width. */
function drawRuns(runs: readonly RunCounts[]): Markup {
  const top = roundUp(Math.max(...runs.map(({ counts }) => sum(counts))));
  const slot = 100 / runs.length;
  const width = Math.min(slot * 0.72, 6);
  const bars = runs.map((run, index) => drawRun(run, { x: slot * (index + 0.5) - width / 2, width, top }));
  return html`<div class="plot"><div class="scale" aria-hidden="true"><span>${grouped(top)}</span><span>${grouped(top / 2)}</span><span>0</span></div>
<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-labelledby="trend-words">
<path class="grid" d="M0 0H100M0 50H100M0 100H100"/>${bars}</svg></div>`;
}

interface Slot {
  readonly x: number;
  readonly width: number;
  /** The number at the upper end of the scale. */
  readonly top: number;
}

function drawRun({ counts, complete, at }: RunCounts, { x, width, top }: Slot): Markup {
  let y = 100;
  const drawn = KINDS.filter((kind) => counts[kind] > 0).map((kind) => {
    const height = (counts[kind] / top) * 100;
    y -= height;
    return html`<rect class="${kind}" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"/>`;
  });
  const shade = complete
    ? NOTHING
    : html`<rect class="cut" x="${short(x - width * 0.15)}" y="0" width="${short(width * 1.3)}" height="100"/>`;
  return html`<g><title>${describeMoment(at)}: ${describeTally(counts)}${complete ? '' : '; incomplete'}</title>${shade}${drawn}</g>`;
}

function writeNumbers(runs: readonly RunCounts[]): Markup {
  return html`<details><summary>Show the numbers</summary>
<table class="numbers"><caption>Findings of the last runs, newest first</caption>
<thead><tr><th scope="col">Run</th><th scope="col">listed</th>${KINDS.map((kind) => html`<th scope="col">${KIND_NAMES[kind]}</th>`)}</tr></thead>
<tbody>${runs
    .toReversed()
    .map(
      ({ at, listed, complete, counts }) =>
        html`<tr><th scope="row">${describeMoment(at)}${complete ? '' : ' (incomplete)'}</th>${[listed, ...KINDS.map((kind) => counts[kind])].map((number) => html`<td>${grouped(number)}</td>`)}</tr>`,
    )}</tbody></table></details>`;
}

/** The upper end of a scale: a round even number. */
function roundUp(number: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, number)));
  const ends = STEPS.map((step) => Math.round(step * unit));
  return ends.find((end) => end >= number && end % 2 === 0) ?? unit * 10;
}

const STEPS = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10];

function sum(counts: Tally): number {
  return KINDS.reduce((total, kind) => total + counts[kind], 0);
}

function short(number: number): number {
  return Math.round(number * 100) / 100;
}
