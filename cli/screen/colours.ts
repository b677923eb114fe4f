import { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Severity } from '../../lambda/contract';
import type { VerdictColour } from '../../lambda/report/html/document';

/** What a colour marks. The words beside it say the same. */
type Marked = Severity | VerdictColour | 'ok' | 'warn' | 'fail' | 'skip' | 'error' | 'warning';

const STYLES = {
  critical: ['bold', 'red'],
  high: ['red'],
  medium: ['yellow'],
  low: ['cyan'],
  informational: ['gray'],
  alarming: ['bold', 'red'],
  open: ['bold', 'yellow'],
  calm: ['bold', 'green'],
  ok: ['green'],
  warn: ['yellow'],
  fail: ['bold', 'red'],
  skip: ['gray'],
  error: ['bold', 'red'],
  warning: ['yellow'],
} as const satisfies Readonly<Record<Marked, Parameters<typeof styleText>[0]>>;

/** Marks a text that stands in its columns already: the codes of a colour take none. */
export type Paint = (marked: Marked, text: string) => string;

export const PLAIN: Paint = (_, text) => text;

const COLOURED: Paint = (marked, text) => styleText([...STYLES[marked]], text, { validateStream: false });

export function paintFor({ hasColours }: { readonly hasColours: boolean }): Paint {
  return hasColours ? COLOURED : PLAIN;
}

/**
 * Whether a stream is to get colours, as Node decides it: FORCE_COLOR before all, then no colours for NO_COLOR,
 * NODE_DISABLE_COLORS, TERM=dumb and what is no terminal
 * (https://nodejs.org/api/tty.html#writestreamgetcolordepthenv, https://no-color.org).
 */
export function showsColours(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (isTTY !== true && variables.FORCE_COLOR === undefined) return false;
  // An empty NO_COLOR asks for nothing; Node 20 takes it for set.
  return WriteStream.prototype.hasColors({ ...variables, NO_COLOR: variables.NO_COLOR || undefined });
}
