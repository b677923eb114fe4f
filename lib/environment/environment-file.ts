import { readdirSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../../lambda/policy/nearest';
import { describeExports, describeFailure, type Exported } from './exported';
import { fieldsOf } from './fields';

/** A file of the folder of environments, or a value that stands for one. */
export interface EnvironmentFile extends Exported {
  /** As problems name it, such as `environments/dev.ts`. */
  readonly file: string;
}

/**
 * Every `.ts` file of a folder, in the order of their names; each is to export one environment. Loads them, through
 * whatever makes this process read TypeScript. What several environments share stands in a folder below.
 */
export function readEnvironmentFiles(folder: string): readonly EnvironmentFile[] {
  return readdirSync(folder)
    .filter((name) => /(?<!\.d|\.test)\.ts$/.test(name))
    .sort()
    .map((name) => ({ file: `environments/${name}`, ...readFile(path.join(folder, name)) }));
}

/** The files in which environments would stand that come as values. */
export function filesOf(environments: readonly unknown[]): readonly EnvironmentFile[] {
  return environments.map((environment, index) => {
    const { name } = fieldsOf(environment);
    return { file: `environments${typeof name === 'string' ? `/${name}.ts` : ` [${index}]`}`, environment };
  });
}

/** The name that the environment of a file has to have: the file's, without its ending. */
export function stemOf(file: string): string {
  return path.basename(file).replace(/\.[cm]?[jt]s$/, '');
}

/** The name that an environment gives itself, else that of its file. */
export function nameOf({ file, environment }: EnvironmentFile): string {
  const { name } = fieldsOf(environment);
  return typeof name === 'string' ? name : stemOf(file);
}

/** The file of the environment of that name, or an error that names the one that is meant, or all. */
export function findEnvironment(files: readonly EnvironmentFile[], name: string): EnvironmentFile {
  const found = files.find(({ environment }) => fieldsOf(environment).name === name);
  if (found !== undefined) return found;
  const { file, problem } = files.find((one) => stemOf(one.file) === name) ?? {};
  if (problem !== undefined) throw new Error(`${file} ${problem.message}: found ${problem.found}`);
  const known = files.map(({ environment }) => fieldsOf(environment).name).filter((other) => typeof other === 'string');
  if (files.length === 0) throw new Error(`unknown environment '${name}': there is no file in environments/`);
  const otherwise = `; known are: ${known.join(', ') || 'none'}`;
  throw new Error(`unknown environment '${name}'${didYouMean(name, known, { otherwise })}`);
}

function readFile(file: string): Exported {
  try {
    return describeExports(require(file));
  } catch (error) {
    return describeFailure(error, path.dirname(file));
  }
}
