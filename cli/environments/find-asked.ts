import { type EnvironmentFile, findEnvironment } from '../../lib/environment/environment-file';
import { fieldsOf } from '../../lib/environment/fields';
import { DEFAULT_ENVIRONMENT } from '../command-options';

interface Known {
  readonly files: readonly EnvironmentFile[];
  /** Stands for the environment where there are no files. */
  readonly starter: EnvironmentFile | undefined;
}

/** The environment that was asked for, or the usual one. Throws an error that lists the known names. */
export function findAsked({ files, starter }: Known, name: string | undefined): EnvironmentFile {
  // It has a name so that the commands that are printed find it again.
  const isStarter = name === undefined || name === fieldsOf(starter?.environment).name;
  if (starter !== undefined && files.length === 0 && isStarter) return starter;
  return findEnvironment(files, name ?? DEFAULT_ENVIRONMENT);
}
