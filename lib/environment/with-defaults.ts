import { problemLine, show } from '../../lambda/policy/problem';
import { type Settings, SettingsError, settingsSchema } from '../../lambda/settings';
import type { Environment } from './environment';
import { REFUSED_ENVIRONMENT } from './exported';
import { fieldsOf } from './fields';
import { lintEnvironments } from './lint';
import { dueHours } from './schedule';
import { environmentSchema, isEnvironment } from './schema';

/**
 * The settings of an environment that travel with the code. Throws `RefusedEnvironment`, which names everything that the
 * linter calls an error, in the policy too: the function would refuse it at each run.
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

/** The message names each wrong field. It keeps what was given, for a linter to say more of it. */
class RefusedEnvironment extends SettingsError {
  // Private, so that Node.js does not print all of it below the message.
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
