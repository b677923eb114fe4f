import { type Problem, show } from '../../lambda/policy/problem';
import { fieldsOf } from './fields';
import { environmentProblem } from './problem';

/** The export of the file of an environment. */
export interface Exported {
  /** The value is not checked: a file that runs without a compiler is not type-checked. */
  readonly environment: unknown;
  /** The reason why the file exports no environment. */
  readonly problem?: Problem | undefined;
}

/**
 * The one environment among the exports of a module. For an imported CommonJS module, `default` is all of
 * `module.exports`. Newer versions of Node.js also export it under the name `module.exports`
 * (https://nodejs.org/api/esm.html#commonjs-namespaces).
 */
export function describeExports(loaded: unknown): Exported {
  const { default: byDefault, ...named } = fieldsOf(loaded);
  const members = fieldsOf(byDefault);
  // The named exports are the members of `module.exports` that Node.js could find.
  const more = Object.entries(named).filter(([name, value]) => !IN_NAMESPACE.includes(name) && value !== members[name]);
  const exported = { ...(isMeantAsOne(byDefault) ? { default: byDefault } : members), ...Object.fromEntries(more) };
  const [environment, ...others] = new Set(Object.values(exported));
  if (others.length > 0 || environment === undefined) {
    return refuse('does not export exactly one value', Object.keys(exported));
  }
  return isMeantAsOne(environment) ? { environment } : refuse('exports no environment', environment);
}

const IN_NAMESPACE: readonly string[] = ['module.exports', '__esModule'];

/**
 * Describes why a file could not be loaded. `folder` is the folder of the file; the text omits it. A value that
 * `defineEnvironment` refused is returned as an environment to check.
 */
export function describeFailure(error: unknown, folder: string): Exported {
  const environment = environmentOf(error);
  if (environment !== undefined) return { environment };
  const text = error instanceof Error ? error.message : String(error);
  return refuse('cannot be loaded', text.replaceAll(folder, 'environments').replaceAll(/\s+/g, ' '));
}

/** The name of the error for an environment that is not valid. The error keeps the given value as `environment`. */
export const REFUSED_ENVIRONMENT = 'RefusedEnvironment';

/**
 * Compares the name of the error, not its class: a file that imports the package throws a class of another bundle than the
 * bundle of the command line.
 */
function environmentOf(error: unknown): unknown {
  const isRefused = error instanceof Error && error.name === REFUSED_ENVIRONMENT && 'environment' in error;
  return isRefused ? error.environment : undefined;
}

/** The problem of a file without an environment. A long `found` is shortened. */
export function refuse(
  message: string,
  found: unknown,
  allowed = 'one export, the environment; put values that several files share into a subfolder, such as policies/',
): Exported {
  const problem = environmentProblem('NO_ENVIRONMENT', 'export', { message, found: show(found), allowed });
  return { environment: undefined, problem };
}

/** Whether a value is meant as an environment. The schema reports missing settings. A policy or a list is not an environment. */
function isMeantAsOne(value: unknown): boolean {
  const fields = fieldsOf(value);
  return ['name', 'domain', 'schedule'].some((key) => fields[key] !== undefined);
}
