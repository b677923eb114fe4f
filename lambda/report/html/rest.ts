import type { Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { countGrouped, grouped } from './numbers';

/** The most rows of one table. A page with 2,000 findings is about 1.3 MB. */
export const ROWS = 2_000;

/** `12 findings`, or `2,000 of 40,000 findings` if a table shows only the first findings. */
export function countShown(shown: number, all: number, noun: string): string {
  return shown === all ? countGrouped(all, noun) : `${grouped(shown)} of ${countGrouped(all, noun)}`;
}

/** States where to find the rows that a table does not show. */
export function nameRest(shown: number, all: number, { places }: Report): Markup {
  if (shown === all) return NOTHING;
  const where =
    places === null
      ? html`An audit with <code>--format json</code> lists all ${grouped(all)}.`
      : html`The JSON record contains all ${grouped(all)}: <code>${makeVisible(places.record, 400)}</code>`;
  return html`<p class="muted">This table shows the first ${grouped(shown)} rows. ${where}</p>
`;
}
