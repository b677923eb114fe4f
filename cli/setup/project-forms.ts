import type { Launcher } from '../../lambda/report/commands/place';
import { PACKAGE_FORM } from './package-form';
import type { ProjectForm } from './project-form';
import { REPOSITORY_FORM } from './repository-form';

/** By how the command line is started: an environment of this repository, or an app of its own. */
export const PROJECT_FORMS: Readonly<Record<Launcher, ProjectForm>> = {
  repository: REPOSITORY_FORM,
  package: PACKAGE_FORM,
};
