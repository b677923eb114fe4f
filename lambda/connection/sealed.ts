/**
 * A connection as the API wrote it, options and secrets included. It is carried and handed back, never looked at by
 * accident: neither JSON nor an inspection at any depth shows what is inside.
 */
export class Sealed {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Only what merges and compares may ask for it. */
  open(): string {
    return this.#text;
  }

  toJSON(): string {
    return '[sealed]';
  }
}
