/** A value on a command line: a text, a number, a flag, a list or bytes. */
export type Value = string | number | boolean | readonly string[] | Uint8Array;

/** The values of one command line, by option. If an option has another kind than requested, the table contains a mistake. */
export class Given {
  readonly #values: ReadonlyMap<string, Value>;

  constructor(values: ReadonlyMap<string, Value>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return value === undefined || typeof value === 'string' ? value : mistake(name);
  }

  /** The value of a required option or argument. */
  needed(name: string): string {
    return this.text(name) ?? mistake(name);
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return value === undefined || typeof value === 'number' ? value : mistake(name);
  }

  /** Undefined if neither `--NAME` nor `--no-NAME` was given. */
  flag(name: string): boolean | undefined {
    const value = this.#values.get(name);
    return value === undefined || typeof value === 'boolean' ? value : mistake(name);
  }

  list(name: string): string[] | undefined {
    const value = this.#values.get(name);
    return value === undefined ? undefined : Array.isArray(value) ? [...value] : mistake(name);
  }

  bytes(name: string): Uint8Array | undefined {
    const value = this.#values.get(name);
    return value === undefined || value instanceof Uint8Array ? value : mistake(name);
  }
}

function mistake(name: string): never {
  throw new Error(`the table of the stand-in has another kind for ${name}`);
}
