/** A place for texts by key, as much of a bucket or a folder as a history needs. */
export interface Store {
  /** The text and a version of it, or `undefined` where there is none. */
  read(key: string): Promise<{ readonly text: string; readonly version: string } | undefined>;
  /** Writes the text if the condition holds. Gives back its version, or `undefined` where the condition does not hold. */
  write(key: string, text: Text, condition: Condition): Promise<string | undefined>;
  /** Where a key is kept, for people. */
  placeOf(key: string): string;
}

/** A text, or its pieces where it may be too long to be held as one. They can be gone through again. */
export type Text = string | Iterable<string>;

export function joinText(text: Text): string {
  return typeof text === 'string' ? text : [...text].join('');
}

/** Over anything, only where nothing is yet, or only over this version. */
export type Condition = 'any' | 'absent' | { readonly version: string };

/** A store could not be read or written; the message names the place and the cause, never a text. */
export class StoreError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StoreError';
  }
}
