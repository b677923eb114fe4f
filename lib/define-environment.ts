import type { Environment } from './environment/environment';
import { checkEnvironment } from './environment/with-defaults';

/**
 * The same environment, checked: one error names every wrong field, those of the policy too. In an editor the fields
 * of the argument have their types and descriptions.
 */
export function defineEnvironment(environment: Environment): Environment {
  return checkEnvironment(environment);
}
