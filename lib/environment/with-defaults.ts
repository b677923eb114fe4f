import { problemLine, show } from '../../lambda/policy/problem';
import { type Settings, SettingsError, settingsSchema } from '../../lambda/settings';
import type { Environment } from './environment';
import { REFUSED_ENVIRONMENT } from './exported';
import { fieldsOf } from './fields';
import { lintEnvironments } from './lint';
import { dueHours } from './schedule';
import { environmentSchema, isEnvironment } from './schema';

/**
 * The settings of an environment that the function reads, with their defaults. Throws `RefusedEnvironment`, which lists all
 * errors of the linter, including errors in the policy: the function would refuse such settings in each run.
 */
export function withDefaults(environment: Environment): Settings {
  const { schedule, ...given } = environmentSchema.parse(checkEnvironment(environment));
  const { recipients, chat, existingAlertsTopicArn } = given;
  const namesReceiver = recipients.length > 0 || (chat ?? existingAlertsTopicArn) !== undefined;
  const derived = { timeZone: schedule.timeZone, dueHours: dueHours(schedule), namesReceiver };
  return settingsSchema.strip().parse({ ...given, ...derived });
}

/** The same environment, checked. Throws `RefusedEnvironment` as above. */
export function checkEnvironment(environment: unknown): Environment {
  const errors = lintEnvironments([environment]).filter(({ severity }) => severity === 'error');
  if (errors.length === 0 && isEnvironment(environment)) return environment;
  const name = show(fieldsOf(environment).name);
  throw new RefusedEnvironment(`The environment ${name} is not valid:`, errors.map(problemLine), environment);
}

/** The message lists each wrong field. The error keeps the given value, so that the linter can report more about it. */
class RefusedEnvironment extends SettingsError {
  // Private, so that Node.js does not print the whole value below the message.
  readonly #environment: unknown;

  constructor(headline: string, problems: readonly string[], environment: unknown) {
    super(headline, problems);
    this.name = REFUSED_ENVIRONMENT;
    this.#environment = environment;
  }

  get environment(): unknown {
    return this.#environment;
  }
}
