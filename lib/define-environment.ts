import type { Environment } from './environment/environment';
import { checkEnvironment } from './environment/with-defaults';

// What a file of environments imports, from 'auth0-connection-auditor/environment'. It loads nothing of the CDK.

export type { Cadence, Mode, Quarantine } from '../lambda/contract';
export type { Exemption, Expectation, Match, Policy, Rule } from '../lambda/policy/policy';
export type { Caps } from '../lambda/repair/caps';
export type { Chat, Environment, Vpc } from './environment/environment';
export type { Schedule } from './environment/schedule';

/**
 * The same environment, checked: one error names every wrong field, those of the policy too. In an editor the fields
 * of the argument have their types and descriptions.
 */
export function defineEnvironment(environment: Environment): Environment {
  return checkEnvironment(environment);
}
