/** A versioned bucket: every version of each object, oldest first. A delete marker is a version without content. */
export class Bucket {
  readonly #versions = new Map<string, readonly (Buffer | undefined)[]>();

  /** The number of the new version, from 1. */
  add(key: string, content: Buffer | undefined): number {
    const versions = [...(this.#versions.get(key) ?? []), content];
    this.#versions.set(key, versions);
    return versions.length;
  }

  /** Undefined where there is no object, or it was deleted. */
  current(key: string): Buffer | undefined {
    return this.#versions.get(key)?.at(-1);
  }

  /** The number of the newest version; 0 where there is none. */
  latest(key: string): number {
    return this.#versions.get(key)?.length ?? 0;
  }

  /** Without delete markers. */
  versions(key: string): readonly Buffer[] {
    return (this.#versions.get(key) ?? []).filter((content) => content !== undefined);
  }

  /** What is there now. */
  objects(): ReadonlyMap<string, Buffer> {
    return new Map(
      [...this.#versions.keys()].flatMap((key) => {
        const content = this.current(key);
        return content === undefined ? [] : [[key, content] as const];
      }),
    );
  }
}
