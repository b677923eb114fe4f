import { chmodSync, statSync, writeFileSync } from 'node:fs';

/** Writes a file that only its owner can read. If the path is not a regular file, such as /dev/null or a pipe, its mode stays unchanged. */
export function writeOwnFile(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  // Without this line, an existing file would keep its mode.
  if (statSync(file).isFile()) chmodSync(file, 0o600);
}
