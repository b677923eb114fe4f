import type { Launcher } from '../../lambda/report/commands/place';
import { PACKAGE_FORM } from './package-form';
import type { ProjectForm } from './project-form';
import { REPOSITORY_FORM } from './repository-form';

/** By the launcher of the command line: an environment in this repository, or a separate app. */
export const PROJECT_FORMS: Readonly<Record<Launcher, ProjectForm>> = {
  repository: REPOSITORY_FORM,
  package: PACKAGE_FORM,
};
