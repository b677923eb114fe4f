import { readdirSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../../lambda/policy/nearest';
import { describeExports, describeFailure, type Exported } from './exported';
import { fieldsOf } from './fields';

/** A file of the folder of environments, or a value in place of a file. */
export interface EnvironmentFile extends Exported {
  /** The name of the file in problems, such as `environments/dev.ts`. */
  readonly file: string;
}

/**
 * Loads every `.ts` file of a folder, in the order of their names. Each file has to export one environment. The process must
 * be able to load TypeScript. Values that several environments share belong into a subfolder.
 */
export function readEnvironmentFiles(folder: string): readonly EnvironmentFile[] {
  return readdirSync(folder)
    .filter((name) => /(?<!\.d|\.test)\.ts$/.test(name))
    .sort()
    .map((name) => ({ file: `environments/${name}`, ...readFile(path.join(folder, name)) }));
}

/** Environments that are given as values, each with the name of the file that it would have. */
export function filesOf(environments: readonly unknown[]): readonly EnvironmentFile[] {
  return environments.map((environment, index) => {
    const { name } = fieldsOf(environment);
    return { file: `environments${typeof name === 'string' ? `/${name}.ts` : ` [${index}]`}`, environment };
  });
}

/** The name that the environment of a file must have: the name of the file without its ending. */
export function stemOf(file: string): string {
  return path.basename(file).replace(/\.[cm]?[jt]s$/, '');
}

/** The `name` of an environment, or the name of its file if `name` is not a string. */
export function nameOf({ file, environment }: EnvironmentFile): string {
  const { name } = fieldsOf(environment);
  return typeof name === 'string' ? name : stemOf(file);
}

/** Finds the file of the environment with that name. Throws an error that suggests a similar name or lists all names. */
export function findEnvironment(files: readonly EnvironmentFile[], name: string): EnvironmentFile {
  const found = files.find(({ environment }) => fieldsOf(environment).name === name);
  if (found !== undefined) return found;
  const { file, problem } = files.find((one) => stemOf(one.file) === name) ?? {};
  if (problem !== undefined) throw new Error(`${file} ${problem.message}: found ${problem.found}`);
  const known = files.map(({ environment }) => fieldsOf(environment).name).filter((other) => typeof other === 'string');
  if (files.length === 0) throw new Error(`unknown environment '${name}': there is no file in environments/`);
  const otherwise = `; known: ${known.join(', ') || 'none'}`;
  throw new Error(`unknown environment '${name}'${didYouMean(name, known, { otherwise })}`);
}

function readFile(file: string): Exported {
  try {
    return describeExports(require(file));
  } catch (error) {
    return describeFailure(error, path.dirname(file));
  }
}
