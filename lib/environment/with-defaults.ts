import { problemLine, show } from '../../lambda/policy/problem';
import { type Settings, SettingsError, settingsSchema } from '../../lambda/settings';
import type { Environment } from './environment';
import { fieldsOf } from './fields';
import { lintEnvironments } from './lint';
import { environmentSchema } from './schema';

/**
 * The settings of an environment that travel with the code. Throws `SettingsError`, which names everything that the
 * linter calls an error, in the policy too: the function would refuse it at each run.
 */
export function withDefaults(environment: Environment): Settings {
  const errors = lintEnvironments([environment]).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const name = show(fieldsOf(environment).name);
    throw new SettingsError(`The environment ${name} is not valid:`, errors.map(problemLine));
  }
  const { schedule, ...given } = environmentSchema.parse(environment);
  return settingsSchema.strip().parse({ ...given, timeZone: schedule.timeZone });
}
