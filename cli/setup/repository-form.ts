import { starterEnvironment } from '../../lib/environment/starter';
import { writeTypeScript } from './environment-text';
import type { ProjectForm } from './project-form';

/** A new file in `environments/`. The shipped file, which names no tenant, is replaced. Any other file is kept. */
export const REPOSITORY_FORM: ProjectForm = {
  fileOf,
  findInTheWay: () => [],
  refuseName: (name, folder) => {
    const there = folder.read(fileOf(name));
    if (there === undefined || isShipped(name, there)) return undefined;
    return `${fileOf(name)} exists, is not the shipped file, and is kept. Edit this file, or give another name with --environment`;
  },
  filesFor: (environment, folder) => {
    const file = fileOf(environment.name);
    const there = folder.read(file);
    const instead = there !== undefined && isShipped(environment.name, there) ? there : undefined;
    return [{ file, text: writeTypeScript(environment), instead }];
  },
  isDeployed: () => true,
  isInstalled: () => true,
};

function fileOf(name: string): string {
  return `environments/${name}.ts`;
}

/** Compares with the file of a checkout, regardless of line endings. */
function isShipped(name: string, text: string): boolean {
  return text.replaceAll('\r\n', '\n') === writeTypeScript(starterEnvironment(name));
}
