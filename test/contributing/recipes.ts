import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');
export const CONTRIBUTING = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** What adds one value of a kind to the sources. */
interface Addition {
  readonly file: string;
  /** The name of the new value. */
  readonly member: string;
  /** A text that the file contains one time; `with` replaces it. */
  readonly text: string;
  readonly with: string;
}

/** One value more of each kind that CONTRIBUTING.md describes. */
export const ADDITIONS = {
  setting: {
    file: 'lib/environment/environment.ts',
    member: 'exampleSetting',
    text: 'export interface Environment {',
    with: 'export interface Environment {\n  readonly exampleSetting?: string;',
  },
  outcome: {
    file: 'lambda/judge/outcome.ts',
    member: 'exampleOutcome',
    text: "  planned: { kind: 'planned',",
    with: "  exampleOutcome: { kind: 'refused', isOfThisRun: false },\n  planned: { kind: 'planned',",
  },
  format: {
    file: 'cli/formats/format-names.ts',
    member: 'exampleFormat',
    text: "  html: '.html',",
    with: "  html: '.html',\n  exampleFormat: '.example',",
  },
  alarm: {
    file: 'lambda/contract.ts',
    member: 'exampleAlarm',
    text: "  'run-failed',",
    with: "  'run-failed',\n  'exampleAlarm',",
  },
} as const satisfies Readonly<Record<string, Addition>>;

/** The files that CONTRIBUTING.md lists as those that the compiler names, for one kind. */
export function filesOfRecipe(kind: string): readonly string[] {
  const [, list] = new RegExp(`<!-- compiler: ${kind} -->(.*?)<!-- /compiler -->`, 's').exec(CONTRIBUTING) ?? [];
  return [...(list ?? '').matchAll(/^ *- `([^`]+)`/gm)].map(([, file = '']) => file);
}
