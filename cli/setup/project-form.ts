import type { Environment } from '../../lib/environment/environment';
import type { ProjectFolder } from './project-folder';

/** A file to write. */
export interface ProjectFile {
  readonly file: string;
  readonly text: string;
  /** What is there and may be replaced. */
  readonly instead?: string | undefined;
}

/** What `init` writes, and where. */
export interface ProjectForm {
  /** The file of an environment. */
  readonly fileOf: (name: string, folder: ProjectFolder) => string;
  /** What is there and would be overwritten, a sentence each, whichever environment it is. */
  readonly findInTheWay: (folder: ProjectFolder) => readonly string[];
  /** Why the file of this environment cannot be written, a sentence. */
  readonly refuseName: (name: string, folder: ProjectFolder) => string | undefined;
  /** Everything to write; what is in the way has been looked for. */
  readonly filesFor: (environment: Environment, folder: ProjectFolder) => readonly ProjectFile[];
  /** Whether `cdk deploy` deploys what was written. */
  readonly isDeployed: (folder: ProjectFolder) => boolean;
  /** All packages of the project are installed. */
  readonly isInstalled: (folder: ProjectFolder) => boolean;
}
