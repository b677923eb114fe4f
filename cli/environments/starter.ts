import { LAUNCHERS, type Launcher } from '../../lambda/report/commands/place';
import type { EnvironmentFile } from '../../lib/environment/environment-file';
import { starterEnvironment } from '../../lib/environment/starter';

/** What a person looks at a tenant with before there is a file of an environment. It names no tenant of its own. */
export const STARTER: EnvironmentFile = {
  file: 'the built-in environment',
  environment: starterEnvironment('local'),
};

/** What a person has to know who did not choose its policy. */
export function describeStarter(launcher: Launcher): string {
  return `There is no environment in environments/ here. The built-in policy is used: on_first_login for database connections, on_each_login for all others. To write an environment of your own: ${LAUNCHERS[launcher]} init`;
}
