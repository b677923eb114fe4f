import { describeAppFiles } from './app-files';
import { writeJavaScript } from './environment-text';
import type { ProjectFolder } from './project-folder';
import type { ProjectForm } from './project-form';

const FOLDER = 'environments';
const fileOf = (name: string): string => `${FOLDER}/${name}.js`;

/** A small CDK app that has installed the package; where it is there, one more of its environments. */
export const PACKAGE_FORM: ProjectForm = {
  fileOf,
  findInTheWay: (folder) =>
    hasApp(folder)
      ? []
      : describeAppFiles('')
          .filter(({ file, isKept }) => !isKept && folder.read(file) !== undefined)
          .map(({ file }) => `${file} is there and would be overwritten; run init in an empty folder`),
  refuseName: (name, folder) =>
    folder.read(fileOf(name)) === undefined
      ? undefined
      : `${fileOf(name)} is there, so it is kept: edit it, or give --environment another name`,
  filesFor: (environment, folder) => [
    ...(hasApp(folder) ? [] : describeAppFiles(environment.name).filter(({ file }) => folder.read(file) === undefined)),
    { file: fileOf(environment.name), text: writeJavaScript(environment) },
  ],
  isInstalled: (folder) => folder.read('node_modules/auth0-connection-auditor/package.json') !== undefined,
};

function hasApp(folder: ProjectFolder): boolean {
  return folder.read(FOLDER) !== undefined;
}
