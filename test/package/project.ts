import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../..');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of a user, in a separate folder. */
export interface Project {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  read(file: string): string;
  /** Runs a program in the folder of the project, with these variables and the variables of an empty environment. */
  run(program: string, words: readonly string[], variables?: Readonly<Record<string, string>>): Promise<Ended>;
}

const folders: string[] = [];

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'auditor-package-'));
  folders.push(folder);
  return folder;
}

export interface Tarball {
  readonly file: string;
  /** The size of all its files in bytes. */
  readonly unpackedSize: number;
  /** The paths of its files. */
  readonly paths: readonly string[];
}

/** Builds and packs the package like a release. */
export function pack(): Tarball {
  const folder = makeFolder();
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename, unpackedSize, files }]: [Packed] = JSON.parse(printed);
  return { file: path.join(folder, filename), unpackedSize, paths: files.map((one) => one.path) };
}

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** An empty project in which packages are installed, each a tarball or a folder, without the network. */
export async function install(packages: readonly string[], manifest: object = {}): Promise<Project> {
  const project = openProject();
  project.write({ 'package.json': JSON.stringify({ private: true, ...manifest }) });
  await addPackages(project, packages);
  return project;
}

export async function addPackages(project: Project, packages: readonly string[]): Promise<void> {
  const { code, stderr } = await project.run('npm', ['install', '--no-audit', '--no-fund', ...packages]);
  if (code !== 0) throw new Error(stderr);
}

function openProject(): Project {
  const folder = makeFolder();
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: makeFolder(),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  return {
    folder,
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      }
    },
    read: (file) => readFileSync(path.join(folder, file), 'utf8'),
    run: (program, words, variables = {}) =>
      new Promise((resolve) => {
        // This call must not be synchronous, because the emulated tenant answers from this process.
        const child = execFile(program, words, { cwd: folder, env: { ...env, ...variables } }, (_, stdout, stderr) =>
          resolve({ code: child.exitCode ?? -1, stdout, stderr }),
        );
      }),
  };
}
