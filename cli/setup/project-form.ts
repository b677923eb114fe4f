import type { Environment } from '../../lib/environment/environment';
import type { ProjectFolder } from './project-folder';

/** A file to write. */
export interface ProjectFile {
  readonly file: string;
  readonly text: string;
  /** The existing content that the file is allowed to replace. */
  readonly instead?: string | undefined;
}

/** The files that `init` writes. */
export interface ProjectForm {
  /** The path of an environment's file. */
  readonly fileOf: (name: string, folder: ProjectFolder) => string;
  /** Existing files that would be overwritten, one sentence each, regardless of the environment. */
  readonly findInTheWay: (folder: ProjectFolder) => readonly string[];
  /** Why the file of this environment cannot be written, as one sentence. */
  readonly refuseName: (name: string, folder: ProjectFolder) => string | undefined;
  /** All files to write. `findInTheWay` must be checked first. */
  readonly filesFor: (environment: Environment, folder: ProjectFolder) => readonly ProjectFile[];
  /** Whether `cdk deploy` deploys the written environment. */
  readonly isDeployed: (folder: ProjectFolder) => boolean;
  /** Whether all packages of the project are installed. */
  readonly isInstalled: (folder: ProjectFolder) => boolean;
}
