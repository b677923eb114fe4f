import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type Problem, show } from '../../lambda/policy/problem';
import { fieldsOf } from './fields';
import { environmentProblem } from './problem';

/** A file of the folder of environments, or a value that stands for one. */
export interface EnvironmentFile {
  /** As problems name it, such as `environments/dev.ts`. */
  readonly file: string;
  /** What it exports. Nobody has checked it: an app that runs through tsx is not type-checked. */
  readonly environment: unknown;
  /** Why it exports no environment. */
  readonly problem?: Problem | undefined;
}

/**
 * Every `.ts` file of a folder, in the order of their names; each is to export one environment. Loads them, through
 * whatever makes this process read TypeScript. What several environments share stands in a folder below.
 */
export function readEnvironmentFiles(folder: string): readonly EnvironmentFile[] {
  return readdirSync(folder)
    .filter((name) => /(?<!\.d|\.test)\.ts$/.test(name))
    .sort()
    .map((name) => ({ file: `environments/${name}`, ...readExports(path.join(folder, name)) }));
}

/** The files in which environments would stand that come as values. */
export function filesOf(environments: readonly unknown[]): readonly EnvironmentFile[] {
  return environments.map((environment, index) => {
    const { name } = fieldsOf(environment);
    return { file: typeof name === 'string' ? fileOf(name) : `environments [${index}]`, environment };
  });
}

/** The file of an environment, by its name. */
export function fileOf(name: string): string {
  return `environments/${name}.ts`;
}

/** The file of the environment of that name, or an error that lists the known names. */
export function findEnvironment(files: readonly EnvironmentFile[], name: string): EnvironmentFile {
  const found = files.find(({ environment }) => fieldsOf(environment).name === name);
  if (found !== undefined) return found;
  const { problem } = files.find(({ file }) => file === fileOf(name)) ?? {};
  if (problem !== undefined) throw new Error(`${fileOf(name)} ${problem.message}: found ${problem.found}`);
  const known = files.map(({ environment }) => fieldsOf(environment).name).filter((other) => typeof other === 'string');
  throw new Error(`unknown environment '${name}'; known are: ${known.join(', ') || 'none'}`);
}

function readExports(file: string): Pick<EnvironmentFile, 'environment' | 'problem'> {
  let loaded: unknown;
  try {
    loaded = require(file);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return refuse('cannot be loaded', text.replaceAll(path.dirname(file), 'environments').replaceAll(/\s+/g, ' '));
  }
  const exported = fieldsOf(loaded);
  const [environment, ...others] = new Set(Object.values(exported));
  if (others.length > 0 || environment === undefined) {
    return refuse('does not export one value', Object.keys(exported));
  }
  return isMeantAsOne(environment) ? { environment } : refuse('exports no environment', environment);
}

function refuse(message: string, found: unknown): Pick<EnvironmentFile, 'environment' | 'problem'> {
  const allowed = 'one export, the environment; what several files share goes into a folder below, such as policies/';
  const problem = environmentProblem('NO_ENVIRONMENT', 'export', { message, found: show(found), allowed });
  return { environment: undefined, problem };
}

/** What is missing of an environment, the schema says. A policy or a list of environments is something else. */
function isMeantAsOne(value: unknown): boolean {
  const fields = fieldsOf(value);
  return ['name', 'domain', 'schedule'].some((key) => fields[key] !== undefined);
}
