import { MODULE_ENDINGS } from '../../lib/environment/import-environments';
import { describeAppFiles } from './app-files';
import { writeJavaScript } from './environment-text';
import { isModule, type Manifest, writeManifest } from './manifest';
import type { ProjectFolder } from './project-folder';
import type { ProjectFile, ProjectForm } from './project-form';

const FOLDER = 'environments';
const MANIFEST_FILE = 'package.json';

/** A small CDK app that has installed the package; where it is there, one more of its environments. */
export const PACKAGE_FORM: ProjectForm = {
  fileOf,
  findInTheWay: (folder) =>
    hasApp(folder)
      ? []
      : [
          ...problemsOf(writeManifest(folder.read(MANIFEST_FILE))),
          ...describeAppFiles('')
            .filter(({ file, isKept }) => !isKept && folder.read(file) !== undefined)
            .map(({ file }) => `${file} is there and would be overwritten; run init in an empty folder`),
        ],
  refuseName: (name, folder) => {
    const there = MODULE_ENDINGS.map((ending) => `${FOLDER}/${name}.${ending}`).find(
      (file) => folder.read(file) !== undefined,
    );
    return there && `${there} is there, so it is kept: edit it, or give --environment another name`;
  },
  filesFor: (environment, folder) => [
    ...(hasApp(folder) ? [] : describeApp(environment.name, folder)),
    { file: fileOf(environment.name, folder), text: writeJavaScript(environment) },
  ],
  isDeployed: (folder) => folder.read('cdk.json') !== undefined,
  isInstalled: (folder) =>
    ['auth0-connection-auditor', 'aws-cdk-lib', 'constructs', 'aws-cdk'].every(
      (name) => folder.read(`node_modules/${name}/package.json`) !== undefined,
    ),
};

/** Written as an ES module. An app that is still to be written has a package.json that says so of each `.js` file. */
function fileOf(name: string, folder: ProjectFolder): string {
  const isJs = !hasApp(folder) || isModule(folder.read(MANIFEST_FILE));
  return `${FOLDER}/${name}.${isJs ? 'js' : 'mjs'}`;
}

function describeApp(environment: string, folder: ProjectFolder): readonly ProjectFile[] {
  const there = folder.read(MANIFEST_FILE);
  const manifest = writeManifest(there);
  return [
    ...(manifest.ok ? [{ file: MANIFEST_FILE, text: manifest.text, instead: there }] : []),
    ...describeAppFiles(environment).filter(({ file }) => folder.read(file) === undefined),
  ];
}

function problemsOf(manifest: Manifest): readonly string[] {
  return manifest.ok ? [] : [manifest.problem];
}

function hasApp(folder: ProjectFolder): boolean {
  return folder.read(FOLDER) !== undefined;
}
