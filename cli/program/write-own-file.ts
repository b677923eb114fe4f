import { chmodSync, statSync, writeFileSync } from 'node:fs';

/** Writes a file that only its owner can read. What is no file, such as /dev/null or a pipe, keeps its mode: it is not ours. */
export function writeOwnFile(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  // A file that was there keeps its mode otherwise.
  if (statSync(file).isFile()) chmodSync(file, 0o600);
}
