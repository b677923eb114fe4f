/**
 * A connection as the API returned it, options and secrets included. The text is passed on and sent back, and cannot be
 * shown by accident: neither JSON nor an inspection at any depth shows it.
 */
export class Sealed {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Only code that merges, compares or sends connections is allowed to call this. */
  open(): string {
    return this.#text;
  }

  toJSON(): string {
    return '[sealed]';
  }
}
