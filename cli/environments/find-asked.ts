import { type EnvironmentFile, findEnvironment, nameOf } from '../../lib/environment/environment-file';
import { fieldsOf } from '../../lib/environment/fields';
import { DEFAULT_ENVIRONMENT } from '../command-options';

interface Known {
  readonly files: readonly EnvironmentFile[];
  /** Used as the environment if there are no files. */
  readonly starter: EnvironmentFile | undefined;
}

/**
 * The environment with this name; without a name, the default environment or the only one that exists. Throws an error
 * that lists the known names.
 */
export function findAsked({ files, starter }: Known, name: string | undefined): EnvironmentFile {
  // The starter has a name, so that the printed commands find it again.
  const isStarter = name === undefined || name === fieldsOf(starter?.environment).name;
  if (starter !== undefined && files.length === 0 && isStarter) return starter;
  if (name !== undefined) return findEnvironment(files, name);
  const [only, ...others] = files;
  if (only === undefined) throw new Error('no environment is named, and there is no file in environments/');
  const usual = files.find((file) => nameOf(file) === DEFAULT_ENVIRONMENT) ?? (others.length === 0 ? only : undefined);
  if (usual === undefined) {
    throw new Error(`no environment is named; give --environment NAME (known: ${files.map(nameOf).join(', ')})`);
  }
  // For a file that exports no environment, `findEnvironment` throws an error with the reason.
  return usual.problem === undefined ? usual : findEnvironment(files, nameOf(usual));
}
