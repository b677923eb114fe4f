import { type SubjectWord, sayWord } from './subject-words';

/** One thing a headline says: in full, and as short as it can be said where room is scarce. */
export interface Part {
  /** The word that it is about: docs/runbook.md has an article on it. */
  readonly about: SubjectWord;
  readonly full: string;
  readonly short: string;
  /** The first to give way. */
  readonly optional?: true;
}

/** `3 held`; nothing where there are none. */
export function counted(number: number, about: SubjectWord): Part[] {
  return number === 0 ? [] : [same(about, `${number} ${sayWord(about)}`)];
}

/** What cannot be said shorter. */
export function same(about: SubjectWord, text: string): Part {
  return { about, full: text, short: text };
}

/** The word alone. */
export function say(about: SubjectWord): Part {
  return same(about, sayWord(about));
}
