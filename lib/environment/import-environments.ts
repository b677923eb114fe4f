import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { EnvironmentFile } from './environment-file';
import { describeExports, describeFailure, type Exported, refuse } from './exported';

interface Modules {
  /** Loads a module by its path, such as `import()` of its URL does. */
  readonly load: (file: string) => Promise<unknown>;
  /** Whether `load` reads TypeScript. */
  readonly readsTypeScript: boolean;
  /** The version of Node.js, for a message. */
  readonly version: string;
}

/** How a file of an environment may end, after the dot. */
export const MODULE_ENDINGS = ['js', 'mjs', 'cjs', 'ts', 'mts'] as const;

/** The name of a file that is to export an environment. */
export const ENVIRONMENT_FILE = new RegExp(`(?<!\\.d|\\.test)\\.(${MODULE_ENDINGS.join('|')})$`);

/**
 * Every module of a folder, in the order of their names; each is to export one environment. None where there is no such
 * folder. What several environments share stands in a folder below.
 */
export async function importEnvironments(folder: string, modules: Modules): Promise<readonly EnvironmentFile[]> {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => ENVIRONMENT_FILE.test(name));
  return Promise.all(
    names.sort().map(async (name) => ({
      file: `environments/${name}`,
      ...(await importFile(path.join(folder, name), modules)),
    })),
  );
}

async function importFile(file: string, { load, readsTypeScript, version }: Modules): Promise<Exported> {
  // Node.js strips types from version 22.18 on: https://nodejs.org/api/typescript.html
  if (file.endsWith('ts') && !readsTypeScript) {
    const allowed = 'Node.js 22.18 or newer, or the same as a .js file';
    return refuse('is TypeScript', `Node.js ${version}, which does not read it`, allowed);
  }
  try {
    return describeExports(await load(file));
  } catch (error) {
    return describeFailure(error, path.dirname(file));
  }
}
