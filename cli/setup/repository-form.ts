import { starterEnvironment } from '../../lib/environment/starter';
import { writeTypeScript } from './environment-text';
import type { ProjectForm } from './project-form';

/** One more file of `environments/`. The shipped one, which names no tenant, is replaced; any other is somebody's. */
export const REPOSITORY_FORM: ProjectForm = {
  fileOf,
  findInTheWay: () => [],
  refuseName: (name, folder) => {
    const there = folder.read(fileOf(name));
    if (there === undefined || isShipped(name, there)) return undefined;
    return `${fileOf(name)} is there and is not the shipped file, so it is kept: edit it, or give --environment another name`;
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

/** As a checkout has it, whatever ends its lines. */
function isShipped(name: string, text: string): boolean {
  return text.replaceAll('\r\n', '\n') === writeTypeScript(starterEnvironment(name));
}
