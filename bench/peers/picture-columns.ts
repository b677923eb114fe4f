import { LISTING_FAULT_NAMES } from './listing-faults';
import { bar, label, none } from './marks';
import { type Timed, wronglyComplete } from './measure';
import type { Measured } from './measured';
import { subjectOf } from './subjects';

export interface Column {
  readonly x: number;
  readonly head: readonly [string, string];
  /** The cell at the left edge of the column and the top of the row. */
  readonly draw: (run: Timed, at: { readonly x: number; readonly y: number }) => string;
}

/** The columns of the picture, each with one scale for all runs. */
export function columnsOf(runs: readonly Timed[], struck: Measured['struck']): readonly Column[] {
  const most = Math.max(...runs.map(({ overBound }) => overBound));
  const mostRefused = Math.max(1, ...runs.map(({ refused }) => refused));
  return [
    {
      x: 214,
      head: ['Time', '× bound, log scale'],
      draw: (run, { x, y }) =>
        bar({
          x,
          y,
          width: 6 + (54 * Math.log(Math.max(1, run.overBound))) / Math.log(Math.max(most, Math.E)),
          tone: 'time',
        }) + label(x + 66, y, run.overBound.toFixed(run.overBound < 10 ? 2 : 0)),
    },
    {
      x: 330,
      head: ['429s', 'answers'],
      draw: ({ refused }, { x, y }) =>
        bar({ x, y, width: refused === 0 ? 0 : Math.max(2, (44 * refused) / mostRefused), tone: 'bad' }) +
        label(refused === 0 ? x : x + 50, y, String(refused)),
    },
    {
      x: 422,
      head: ['Fixed', 'of drifted'],
      draw: ({ damage }, { x, y }) =>
        damage === undefined
          ? none(x, y)
          : bar({ x, y, width: 50, tone: 'off' }) +
            bar({ x, y, width: (50 * damage.fixed) / damage.drifted, tone: 'good' }) +
            label(x + 56, y, `${damage.fixed} of ${damage.drifted}`),
    },
    {
      x: 548,
      head: ['Damaged', 'connections'],
      draw: ({ damage }, { x, y }) => {
        if (damage === undefined) return none(x, y);
        const { drifted, inOptions, besideOptions } = damage;
        const inner = (50 * inOptions) / drifted;
        const all = inOptions + besideOptions;
        return (
          bar({ x, y, width: inner, tone: 'bad' }) +
          bar({ x: x + inner, y, width: (50 * besideOptions) / drifted, tone: 'doubt' }) +
          label(all === 0 ? x : x + 56, y, String(all))
        );
      },
    },
    {
      x: 650,
      head: ['Incomplete listings', `called complete, of ${LISTING_FAULT_NAMES.length}`],
      draw: ({ subject }, { x, y }) => {
        const { listing } = subjectOf(subject);
        const wrong = wronglyComplete(struck[listing]);
        const boxes = LISTING_FAULT_NAMES.map((_, index) =>
          bar({ x: x + index * 9, y, width: 7, tone: index < wrong ? 'bad' : 'off' }),
        );
        return boxes.join('') + label(x + 104, y, String(wrong));
      },
    },
  ];
}
