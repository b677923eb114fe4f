import { type Problem, show } from '../../lambda/policy/problem';
import { fieldsOf } from './fields';
import { environmentProblem } from './problem';

/** What the file of an environment exports. */
export interface Exported {
  /** Nobody has checked it: a file that runs without a compiler is not type-checked. */
  readonly environment: unknown;
  /** Why it exports no environment. */
  readonly problem?: Problem | undefined;
}

/**
 * The one environment among the exports of a module. Of a CommonJS module that was imported, `default` is all of
 * `module.exports`, and newer versions of Node.js repeat it under that name
 * (https://nodejs.org/api/esm.html#commonjs-namespaces).
 */
export function describeExports(loaded: unknown): Exported {
  const { default: byDefault, ...named } = fieldsOf(loaded);
  const members = fieldsOf(byDefault);
  // Its names are what Node.js could find of the members of `module.exports`.
  const more = Object.entries(named).filter(([name, value]) => !IN_NAMESPACE.includes(name) && value !== members[name]);
  const exported = { ...(isMeantAsOne(byDefault) ? { default: byDefault } : members), ...Object.fromEntries(more) };
  const [environment, ...others] = new Set(Object.values(exported));
  if (others.length > 0 || environment === undefined) {
    return refuse('does not export one value', Object.keys(exported));
  }
  return isMeantAsOne(environment) ? { environment } : refuse('exports no environment', environment);
}

const IN_NAMESPACE: readonly string[] = ['module.exports', '__esModule'];

/** `folder`: where the file is, which the text leaves out. What `defineEnvironment` refused is an environment to check. */
export function describeFailure(error: unknown, folder: string): Exported {
  const environment = environmentOf(error);
  if (environment !== undefined) return { environment };
  const text = error instanceof Error ? error.message : String(error);
  return refuse('cannot be loaded', text.replaceAll(folder, 'environments').replaceAll(/\s+/g, ' '));
}

/** The name of the error of an environment that is not valid. The error keeps what was given, as `environment`. */
export const REFUSED_ENVIRONMENT = 'RefusedEnvironment';

/** Known by its name: a file that imports the package throws the class of another bundle than the command line's. */
function environmentOf(error: unknown): unknown {
  const isRefused = error instanceof Error && error.name === REFUSED_ENVIRONMENT && 'environment' in error;
  return isRefused ? error.environment : undefined;
}

/** Why there is no environment. `found` is shown in part, where it is long. */
export function refuse(
  message: string,
  found: unknown,
  allowed = 'one export, the environment; what several files share goes into a folder below, such as policies/',
): Exported {
  const problem = environmentProblem('NO_ENVIRONMENT', 'export', { message, found: show(found), allowed });
  return { environment: undefined, problem };
}

/** What is missing of an environment, the schema says. A policy or a list of environments is something else. */
function isMeantAsOne(value: unknown): boolean {
  const fields = fieldsOf(value);
  return ['name', 'domain', 'schedule'].some((key) => fields[key] !== undefined);
}
