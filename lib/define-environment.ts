import type { Environment } from './environment/environment';
import { checkEnvironment } from './environment/with-defaults';

// The module 'auth0-connection-auditor/environment', which the file of an environment imports. It does not load the CDK.

export type { Cadence, Mode, Quarantine } from '../lambda/contract';
export type { Exemption, Expectation, Match, Policy, Rule } from '../lambda/policy/policy';
export type { Caps } from '../lambda/repair/caps';
export type { Chat, Environment, Vpc } from './environment/environment';
export type { Schedule } from './environment/schedule';

/**
 * Checks the environment and returns it. One error lists every wrong field, including fields of the policy. In an editor,
 * the fields of the argument have their types and descriptions.
 */
export function defineEnvironment(environment: Environment): Environment {
  return checkEnvironment(environment);
}
