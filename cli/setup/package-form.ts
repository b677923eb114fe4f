import { MODULE_ENDINGS } from '../../lib/environment/import-environments';
import { describeAppFiles } from './app-files';
import { writeJavaScript } from './environment-text';
import { isModule, type Manifest, writeManifest } from './manifest';
import type { ProjectFolder } from './project-folder';
import type { ProjectFile, ProjectForm } from './project-form';

const FOLDER = 'environments';
const MANIFEST_FILE = 'package.json';

/** A small CDK app that has installed the package. If the app exists, `init` adds an environment. */
export const PACKAGE_FORM: ProjectForm = {
  fileOf,
  findInTheWay: (folder) =>
    hasApp(folder)
      ? []
      : [
          ...problemsOf(writeManifest(folder.read(MANIFEST_FILE))),
          ...describeAppFiles('')
            .filter(({ file, isKept }) => !isKept && folder.read(file) !== undefined)
            .map(({ file }) => `${file} exists and would be overwritten. Run init in an empty folder`),
        ],
  refuseName: (name, folder) => {
    const there = MODULE_ENDINGS.map((ending) => `${FOLDER}/${name}.${ending}`).find(
      (file) => folder.read(file) !== undefined,
    );
    return there && `${there} already exists and is kept. Edit this file, or give another name with --environment`;
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

/** The file is an ES module. The package.json of a new app declares every `.js` file as an ES module. */
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
