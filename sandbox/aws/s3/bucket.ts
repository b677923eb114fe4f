import { md5Of } from './digests';

/** One version of an object. */
export interface Version {
  readonly content: Buffer;
  /**
   * Without its quotes. S3 API reference, Object: the MD5 of the bytes for a plain upload; not a digest of the bytes for a
   * multipart upload.
   */
  readonly etag: string;
}

export function plainVersion(content: Buffer): Version {
  return { content, etag: md5Of(content) };
}

/** A versioned bucket: every version of each object, oldest first. A delete marker is a version without content. */
export class Bucket {
  readonly #versions = new Map<string, readonly (Version | undefined)[]>();

  /** The number of the new version, from 1. */
  add(key: string, version: Version | undefined): number {
    const versions = [...(this.#versions.get(key) ?? []), version];
    this.#versions.set(key, versions);
    return versions.length;
  }

  /** Undefined if there is no object, or if it was deleted. */
  current(key: string): Version | undefined {
    return this.#versions.get(key)?.at(-1);
  }

  /** The number of the newest version; 0 if there is none. */
  latest(key: string): number {
    return this.#versions.get(key)?.length ?? 0;
  }

  /** Without delete markers. */
  versions(key: string): readonly Version[] {
    return (this.#versions.get(key) ?? []).filter((version) => version !== undefined);
  }

  /** The current objects. */
  objects(): ReadonlyMap<string, Version> {
    return new Map(
      [...this.#versions.keys()].flatMap((key) => {
        const version = this.current(key);
        return version === undefined ? [] : [[key, version] as const];
      }),
    );
  }
}
