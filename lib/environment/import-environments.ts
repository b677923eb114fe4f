import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { EnvironmentFile } from './environment-file';
import { describeExports, describeFailure, type Exported, refuse } from './exported';

interface Modules {
  /** Loads a module by its path, for example with `import()` of its URL. */
  readonly load: (file: string) => Promise<unknown>;
  /** Whether `load` reads TypeScript. */
  readonly readsTypeScript: boolean;
  /** The version of Node.js, for a message. */
  readonly version: string;
}

/** The allowed endings of a file of an environment, after the dot. */
export const MODULE_ENDINGS = ['js', 'mjs', 'cjs', 'ts', 'mts'] as const;

/** The name of a file that has to export an environment. */
export const ENVIRONMENT_FILE = new RegExp(`(?<!\\.d|\\.test)\\.(${MODULE_ENDINGS.join('|')})$`);

/**
 * Loads every module of a folder, in the order of their names. Each module has to export one environment. Returns an empty
 * list if the folder does not exist. Values that several environments share belong into a subfolder.
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
  // Node.js strips types since version 22.18: https://nodejs.org/api/typescript.html
  if (file.endsWith('ts') && !readsTypeScript) {
    const allowed = 'Node.js 22.18 or newer, or the same environment as a .js file';
    return refuse('is TypeScript', `Node.js ${version}, which cannot load TypeScript`, allowed);
  }
  try {
    return describeExports(await load(file));
  } catch (error) {
    return describeFailure(error, path.dirname(file));
  }
}
