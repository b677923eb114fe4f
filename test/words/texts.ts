import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const OMITTED = new Set(['.git', 'cdk.out', 'coverage', 'dist', 'golden', 'node_modules', 'picture', 'reports']);
/** Every file of the repository whose words a person reads, by its path from the root. */
export function textFiles(folder = ''): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (OMITTED.has(entry.name)) return [];
    if (entry.isDirectory()) return textFiles(file);
    return /\.(ts|mjs|cjs|md|yml)$/.test(entry.name) ? [file] : [];
  });
}

export function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** Every document, by its path from the root. */
export function documents(): readonly string[] {
  return textFiles().filter((file) => file.endsWith('.md'));
}
