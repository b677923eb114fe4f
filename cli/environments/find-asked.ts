import { type EnvironmentFile, findEnvironment, nameOf } from '../../lib/environment/environment-file';
import { fieldsOf } from '../../lib/environment/fields';
import { DEFAULT_ENVIRONMENT } from '../command-options';

interface Known {
  readonly files: readonly EnvironmentFile[];
  /** Stands for the environment where there are no files. */
  readonly starter: EnvironmentFile | undefined;
}

/**
 * The environment that was asked for; where none was, the usual one, else the only one there is. Throws an error that lists
 * the known names.
 */
export function findAsked({ files, starter }: Known, name: string | undefined): EnvironmentFile {
  // It has a name so that the commands that are printed find it again.
  const isStarter = name === undefined || name === fieldsOf(starter?.environment).name;
  if (starter !== undefined && files.length === 0 && isStarter) return starter;
  if (name !== undefined) return findEnvironment(files, name);
  const [only, ...others] = files;
  if (only === undefined) throw new Error('no environment is named, and there is no file in environments/');
  const usual = files.find((file) => nameOf(file) === DEFAULT_ENVIRONMENT) ?? (others.length === 0 ? only : undefined);
  if (usual === undefined) {
    throw new Error(`no environment is named; give --environment NAME (known are: ${files.map(nameOf).join(', ')})`);
  }
  // Of a file that exports none, the error says why.
  return usual.problem === undefined ? usual : findEnvironment(files, nameOf(usual));
}
