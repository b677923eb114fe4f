import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');
export const CONTRIBUTING = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** What adds one value of a kind to the sources. */
interface Addition {
  readonly file: string;
  /** A text that the file contains one time; `with` replaces it. */
  readonly text: string;
  readonly with: string;
}

/** One value more of each kind that CONTRIBUTING.md describes. */
export const ADDITIONS = {
  setting: {
    file: 'lib/environment/environment.ts',
    text: 'export interface Environment {',
    with: 'export interface Environment {\n  readonly example?: string;',
  },
  outcome: {
    file: 'lambda/judge/outcome.ts',
    text: "  planned: { kind: 'planned',",
    with: "  example: { kind: 'refused', isOfThisRun: false },\n  planned: { kind: 'planned',",
  },
  format: {
    file: 'cli/formats/format-names.ts',
    text: "  html: '.html',",
    with: "  html: '.html',\n  example: '.example',",
  },
  alarm: { file: 'lambda/contract.ts', text: "  'run-failed',", with: "  'run-failed',\n  'example'," },
} as const satisfies Readonly<Record<string, Addition>>;

/** The files that CONTRIBUTING.md lists as those that the compiler names, for one kind. */
export function filesOfRecipe(kind: string): readonly string[] {
  const [, list] = new RegExp(`<!-- compiler: ${kind} -->(.*?)<!-- /compiler -->`, 's').exec(CONTRIBUTING) ?? [];
  return [...(list ?? '').matchAll(/^ *- `([^`]+)`/gm)].map(([, file = '']) => file);
}
