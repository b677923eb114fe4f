import type { Report } from '../../judge/report';
import { makeVisible } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { countGrouped, grouped } from './numbers';

/** Rows of one table. A page with so many findings is about 1.3 MB. */
export const ROWS = 2_000;

/** `12 findings`, or `2,000 of 40,000 findings` where a table shows the first of them only. */
export function countShown(shown: number, all: number, noun: string): string {
  return shown === all ? countGrouped(all, noun) : `${grouped(shown)} of ${countGrouped(all, noun)}`;
}

/** Where the rows are that a table does not show. */
export function nameRest(shown: number, all: number, { places }: Report): Markup {
  if (shown === all) return NOTHING;
  const where =
    places === null
      ? html`An audit with <code>--format json</code> lists all ${grouped(all)}.`
      : html`The JSON record has all ${grouped(all)}: <code>${makeVisible(places.record, 400)}</code>`;
  return html`<p class="muted">This table ends after ${grouped(shown)} rows. ${where}</p>
`;
}
