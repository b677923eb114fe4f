import { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { Severity } from '../../lambda/contract';
import type { VerdictColour } from '../../lambda/report/html/document';

/** The texts that a colour marks. The text itself states the same. */
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

/** Marks a text that is already padded to its columns. Colour codes take no columns. */
export type Paint = (marked: Marked, text: string) => string;

export const PLAIN: Paint = (_, text) => text;

const COLOURED: Paint = (marked, text) => styleText([...STYLES[marked]], text, { validateStream: false });

export function paintFor({ hasColours }: { readonly hasColours: boolean }): Paint {
  return hasColours ? COLOURED : PLAIN;
}

/**
 * Whether a stream gets colours, by the rules of Node.js: FORCE_COLOR has priority, then no colours for NO_COLOR,
 * NODE_DISABLE_COLORS, TERM=dumb and a stream that is not a terminal
 * (https://nodejs.org/api/tty.html#writestreamgetcolordepthenv, https://no-color.org).
 */
export function showsColours(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (isTTY !== true && variables.FORCE_COLOR === undefined) return false;
  // An empty NO_COLOR has no effect, but Node.js 20 treats an empty NO_COLOR as set.
  return WriteStream.prototype.hasColors({ ...variables, NO_COLOR: variables.NO_COLOR || undefined });
}
