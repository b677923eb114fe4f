import { devDependencies, engines, name as packageName, version } from '../../package.json';

/** The package.json of a new app, with the versions with which this version of the package is tested. */
const MANIFEST = {
  name: 'connection-auditor',
  private: true,
  type: 'module',
  engines,
  dependencies: {
    [packageName]: version,
    'aws-cdk-lib': devDependencies['aws-cdk-lib'],
    constructs: devDependencies.constructs,
  },
  devDependencies: { 'aws-cdk': devDependencies['aws-cdk'] },
};

/** The package.json of an app: the file of a project that has installed the package, plus the needs of the app. */
export type Manifest = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** Adds members to an existing package.json and changes no existing member. `there` is `undefined` if there is no file. */
export function writeManifest(there: string | undefined): Manifest {
  if (there === undefined) return { ok: true, text: toText(MANIFEST) };
  const own = parseObject(there);
  if (own === undefined) return { ok: false, problem: 'package.json exists but does not contain a valid JSON object' };
  const { type = MANIFEST.type } = own;
  if (type !== MANIFEST.type) {
    const problem = `package.json has "type": ${JSON.stringify(type)}, but the app needs "module". Change the type, or run init in an empty folder`;
    return { ok: false, problem };
  }
  const { name, private: isPrivate, engines: needed } = MANIFEST;
  const added = {
    dependencies: { ...MANIFEST.dependencies, ...own.dependencies },
    devDependencies: { ...MANIFEST.devDependencies, ...own.devDependencies },
  };
  return { ok: true, text: toText({ name, private: isPrivate, engines: needed, ...own, type, ...added }) };
}

/** Whether Node.js treats a `.js` file next to this package.json as an ES module (https://nodejs.org/api/packages.html#type). */
export function isModule(there: string | undefined): boolean {
  return there !== undefined && parseObject(there)?.type === MANIFEST.type;
}

interface OwnManifest {
  readonly type?: unknown;
  readonly dependencies?: object;
  readonly devDependencies?: object;
}

function parseObject(text: string): OwnManifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && [value.dependencies, value.devDependencies].every(isObjectOrAbsent) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is OwnManifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObjectOrAbsent(value: unknown): boolean {
  return value === undefined || isObject(value);
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
