import { inventId } from '../auth0/invent-id';
import type { SeedConnection } from '../auth0/stored-connection';
import type { JsonObject } from '../json';
import { customDatabase, encryptedConfiguration, optionsFor } from '../seed-options';
import { CUSTOMERS, type Customer } from './customers';

/** A realistic tenant of a company that sells software to other companies, for demonstrations. All names are made up. */
export function showcase(): SeedConnection[] {
  return [...databases(), ...logins(), ...CUSTOMERS.map(enterprise)];
}

/** The option with the shown drift. */
export const SETTING = 'set_user_root_attributes';

function databases(): SeedConnection[] {
  const encrypted = { ...customDatabase(), configuration: encryptedConfiguration('legacy-crm') };
  return [
    connection('Username-Password-Authentication', 'auth0', optionsFor('auth0', 'default')),
    connection('employees', 'auth0', optionsFor('auth0', 'employees')),
    connection('webshop-customers', 'auth0', { ...customDatabase(), [SETTING]: 'on_first_login' }),
    connection('partner-portal', 'auth0', { ...customDatabase(), [SETTING]: 'on_first_login' }),
    // The option is unset since the creation of the database, and its configuration is ciphertext: the fix is manual.
    connection('legacy-crm', 'auth0', encrypted),
  ];
}

/** Social and passwordless connections. */
function logins(): SeedConnection[] {
  return ['google-oauth2', 'windowslive', 'apple', 'facebook', 'linkedin', 'github', 'email', 'sms'].map((strategy) =>
    connection(strategy, strategy, optionsFor(strategy, strategy)),
  );
}

function enterprise([strategy, name, displayName, { is, metadata } = {}]: Customer): SeedConnection {
  return {
    ...connection(name, strategy, { ...optionsFor(strategy, name), ...(is === undefined ? {} : { [SETTING]: is }) }),
    display_name: displayName,
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function connection(name: string, strategy: string, options: JsonObject): SeedConnection {
  return { id: inventId(`showcase ${name}`), name, strategy, options };
}
