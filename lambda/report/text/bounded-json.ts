import { writeJson } from './json';

/** No connection that Auth0 accepts comes near; what does is somebody's attempt. */
const WHOLE_BYTES = 200_000;
/**
 * An entry has some fifty texts, our own among them, and a list of keys: of this length, and so many of them, they fit a
 * message even when every character takes six bytes.
 */
const CUT_CHARACTERS = 400;
const CUT_LISTS = 20;

/** JSON that fits a message alone: the object as it is, or its long texts and lists cut and the object marked. */
export function writeBounded<T extends object>(value: T, mark: (value: T) => object): string {
  const whole = writeJson(value);
  if (bytesOf(whole) <= WHOLE_BYTES) return whole;
  return writeJson(mark(value), { longest: CUT_CHARACTERS, most: CUT_LISTS });
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
