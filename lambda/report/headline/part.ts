import { type SubjectWord, sayWord } from './subject-words';

/** One part of a headline: the full text, and a short text if space is limited. */
export interface Part {
  /** The subject word of the part: docs/runbook.md has an article on it. */
  readonly about: SubjectWord;
  readonly full: string;
  readonly short: string;
  /** Dropped first if space is limited. */
  readonly optional?: true;
}

/** `3 held`; empty for 0. */
export function counted(number: number, about: SubjectWord): Part[] {
  return number === 0 ? [] : [same(about, `${number} ${sayWord(about)}`)];
}

/** A part without a shorter text. */
export function same(about: SubjectWord, text: string): Part {
  return { about, full: text, short: text };
}

/** A part that is only the word. */
export function say(about: SubjectWord): Part {
  return same(about, sayWord(about));
}
