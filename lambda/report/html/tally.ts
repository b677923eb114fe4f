import type { Finding } from '../../judge/finding';
import { isPutRight, isSettled } from '../../judge/outcome';
import { html, type Markup } from '../text/markup';
import { grouped } from './numbers';

/** The kinds of findings in a plot: the colours of its bars, in the order in which they are stacked. */
export const KINDS = ['unverified', 'drifted', 'indeterminate', 'exempt', 'fixed'] as const;
export type Kind = (typeof KINDS)[number];
export type Tally = Readonly<Record<Kind, number>>;

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  unverified: 'not verified',
  drifted: 'drifted',
  indeterminate: 'indeterminate',
  exempt: 'exempt',
  fixed: 'fixed',
};

/** Counts each finding once, in the same kind as the headline. */
export function tally(findings: readonly Finding[]): Tally {
  const counts = { unverified: 0, drifted: 0, indeterminate: 0, exempt: 0, fixed: 0 };
  for (const finding of findings) counts[kindOf(finding)] += 1;
  return counts;
}

function kindOf(finding: Finding): Kind {
  if (finding.outcome === 'failed_verification') return 'unverified';
  if (isPutRight(finding.outcome)) return 'fixed';
  if (isSettled(finding)) return 'exempt';
  return finding.verdict === 'indeterminate' ? 'indeterminate' : 'drifted';
}

/** The text of a bar: `3 drifted, 1 exempt`. */
export function describeTally(counts: Tally): string {
  const said = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${grouped(counts[kind])} ${KIND_NAMES[kind]}`);
  return said.join(', ') || 'none';
}

interface Segment {
  /** A colour of the style sheet. */
  readonly colour: string;
  readonly count: number;
}

/** A horizontal bar. It is hidden from screen readers, because the text next to it has the same numbers. */
export function drawBar(segments: readonly Segment[], whole: number): Markup {
  let start = 0;
  const drawn = segments
    .filter(({ count }) => count > 0)
    .map(({ colour, count }) => {
      const width = (count / whole) * 100;
      const rectangle = html`<rect class="${colour}" x="${percent(start)}" width="${percent(width)}" height="100%"/>`;
      start += width;
      return rectangle;
    });
  return html`<svg class="bar" width="100%" height="12" aria-hidden="true" focusable="false">${drawn}</svg>`;
}

function percent(number: number): string {
  return `${Math.round(number * 100) / 100}%`;
}

/** The meaning of each colour that a plot shows. */
export function writeLegend(kinds: readonly Kind[]): Markup {
  return html`<ul class="legend">${kinds.map((kind) => html`<li><i class="${kind}"></i>${KIND_NAMES[kind]}</li>`)}</ul>`;
}
