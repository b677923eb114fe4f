import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { Failure } from './failure';
import type { Value } from './given';
import type { OptionKind } from './operation';

export interface LoadOptions {
  readonly kind: OptionKind | undefined;
  /** Whether a blob on the command line contains the raw bytes (`--cli-binary-format raw-in-base64-out`). */
  readonly isRaw: boolean;
}

/**
 * Reads the file of a value if the value names one. The whole value must name the file. A line end at the end of the file
 * is kept (docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html).
 */
export function loadValue(name: string, value: Value, { kind, isRaw }: LoadOptions): Value {
  if (typeof value !== 'string' || (kind !== 'text' && kind !== 'blob')) return value;
  const bytes = value.startsWith('fileb://') ? readFile(name, value, 8) : undefined;
  if (bytes !== undefined && kind === 'text') {
    const problem = `Invalid type for parameter ${name}, value: bytes, type: <class 'bytes'>, valid types: <class 'str'>`;
    throw new Failure('usage', `\nParameter validation failed:\n${problem}`);
  }
  if (bytes !== undefined) return bytes;
  const text = value.startsWith('file://') ? readFile(name, value, 7).toString('utf8') : value;
  if (kind === 'text') return text;
  if (isRaw) return Buffer.from(text);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw new Failure('usage', `\nInvalid base64: "${text}"`);
  }
  return Buffer.from(text, 'base64');
}

function readFile(name: string, value: string, start: number): Buffer {
  const path = value.slice(start).replace(/^~(?=\/|$)/, homedir());
  try {
    return readFileSync(path);
  } catch {
    const problem = `Unable to load paramfile ${value}: [Errno 2] No such file or directory: '${path}'`;
    throw new Failure('usage', `\nError parsing parameter '--${name}': ${problem}`);
  }
}
