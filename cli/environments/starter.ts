import { LAUNCHERS, type Launcher } from '../../lambda/report/commands/place';
import type { EnvironmentFile } from '../../lib/environment/environment-file';
import { starterEnvironment } from '../../lib/environment/starter';

/** The environment that is used before there is an environment file. It names no tenant. */
export const STARTER: EnvironmentFile = {
  file: 'the built-in environment',
  environment: starterEnvironment('local'),
};

/** The note for an operator who did not choose the policy. */
export function describeStarter(launcher: Launcher): string {
  return `There is no environment in environments/ here. The built-in policy is used: on_first_login for database connections, on_each_login for all others. To write your own environment: ${LAUNCHERS[launcher]} init`;
}
