import { problemLine } from '../../lambda/policy/problem';
import { findBadValues } from '../../lambda/policy/shape';
import { type GivenSettings, type Settings, SettingsError, settingsSchema } from '../../lambda/settings';
import type { Environment } from './environment';
import { environmentSchema } from './schema';

/** The settings of an environment that travel with the code. Throws `SettingsError`, which names every bad value. */
export function withDefaults(environment: Environment): Settings {
  const problems = findBadValues(environmentSchema, environment, 'environment');
  if (problems.length > 0) {
    throw new SettingsError(`The environment '${environment.name}' is not valid:`, problems.map(problemLine));
  }
  const given: GivenSettings = { ...environment, timeZone: environment.schedule.timeZone };
  return settingsSchema.strip().parse(given);
}
