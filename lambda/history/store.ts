/** Texts by key. The operations of a bucket or a folder that a history needs. */
export interface Store {
  /** The text and its version, or `undefined` if there is none. */
  read(key: string): Promise<{ readonly text: string; readonly version: string } | undefined>;
  /** Writes the text if the condition is true and returns its version; otherwise returns `undefined`. */
  write(key: string, text: Text, condition: Condition): Promise<string | undefined>;
  /** The place of a key, as text for an operator. */
  placeOf(key: string): string;
}

/** A text, or its pieces if it might be too long for one string. The pieces can be iterated again. */
export type Text = string | Iterable<string>;

export function joinText(text: Text): string {
  return typeof text === 'string' ? text : [...text].join('');
}

/** Write in every case, only if the key does not exist yet, or only over this version. */
export type Condition = 'any' | 'absent' | { readonly version: string };

/** A store could not be read or written. The message names the place and the cause, never a stored text. */
export class StoreError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StoreError';
  }
}
