import type { Finding } from '../../judge/finding';
import { isPutRight, isSettled } from '../../judge/outcome';
import { html, type Markup } from '../text/markup';
import { grouped } from './numbers';

/** How a plot tells findings apart: the colours of bars, in the order in which they are stacked. */
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

/** Each finding is in one count, the one in which the headline has it. */
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

/** `3 drifted, 1 exempt`: what a bar shows, in words. */
export function describeTally(counts: Tally): string {
  const said = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${grouped(counts[kind])} ${KIND_NAMES[kind]}`);
  return said.join(', ') || 'none';
}

interface Segment {
  /** A colour of the style sheet. */
  readonly colour: string;
  readonly count: number;
}

/** A bar from left to right, as wide as its place. The words beside it say the same, so that it is hidden from ears. */
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

/** What the colours of a plot mean, for those that it shows. */
export function writeLegend(kinds: readonly Kind[]): Markup {
  return html`<ul class="legend">${kinds.map((kind) => html`<li><i class="${kind}"></i>${KIND_NAMES[kind]}</li>`)}</ul>`;
}
