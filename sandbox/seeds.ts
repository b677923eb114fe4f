import { inventId } from './auth0/invent-id';
import type { SeedConnection } from './auth0/stored-connection';
import { DOCUMENTED_STRATEGIES } from './auth0/strategy-facts';
import type { Json, JsonObject } from './json';
import { customDatabase, encryptedConfiguration, optionsFor, passwordOptions, plainDatabase } from './seed-options';
import { showcase } from './showcase/connections';

/** The seeds of tenants, by name. Each call creates the same connections, in the same order, with the same ids. */
export const SEEDS = { tiny, showcase, mixed, thousand } as const satisfies Record<
  string,
  () => Iterable<SeedConnection>
>;
export type SeedName = keyof typeof SEEDS;

/** Five connections, one of them drifted. */
export function tiny(): SeedConnection[] {
  return [
    connection('Username-Password-Authentication', 'auth0'),
    connection('acme-okta', 'okta', { root: 'on_first_login', display_name: 'Acme workforce' }),
    connection('google-oauth2', 'google-oauth2', { root: 'on_each_login' }),
    connection('globex-saml', 'samlp', { display_name: 'Globex' }),
    connection('email', 'email'),
  ];
}

/**
 * Every documented strategy, and the cases that an auditor must distinguish. Most connections are compliant.
 */
export function mixed(): SeedConnection[] {
  const special = [...databases(), ...directories(), ...drifted(), ...peculiar(), ...hostile()];
  const covered = new Set(special.map((connection) => connection.strategy));
  return [...special, ...DOCUMENTED_STRATEGIES.filter((strategy) => !covered.has(strategy)).map(ordinary)];
}

export function thousand(): Iterable<SeedConnection> {
  return generate(1000, { driftPercent: 5 });
}

const GENERATED_STRATEGIES = [
  'okta',
  'samlp',
  'oidc',
  'waad',
  'google-apps',
  'adfs',
  'google-oauth2',
  'auth0',
] as const;

/**
 * Generates any number of connections, one by one. Connections of the same strategy and value share one options object, so
 * that 100,000 connections cost little. A write replaces an object and never changes it.
 */
export function* generate(
  count: number,
  { driftPercent = 0 }: { driftPercent?: number } = {},
): Generator<SeedConnection> {
  const shared = new Map<string, JsonObject>();
  for (let i = 0; i < count; i++) {
    // Distributed over the whole listing: exactly driftPercent of each 100 connections in a row have drifted.
    const hasDrifted = Math.floor(((i + 1) * driftPercent) / 100) > Math.floor((i * driftPercent) / 100);
    const strategy = GENERATED_STRATEGIES[i % GENERATED_STRATEGIES.length] ?? 'okta';
    const name = `${strategy}-${String(i + 1).padStart(6, '0')}`;
    const key = `${strategy} ${hasDrifted}`;
    const options = shared.get(key) ?? generatedOptions(strategy, hasDrifted);
    shared.set(key, options);
    yield { id: inventId(name), name, strategy, display_name: `Customer ${i + 1}`, options };
  }
}

function generatedOptions(strategy: string, hasDrifted: boolean): JsonObject {
  const options = strategy === 'auth0' ? customDatabase() : optionsFor(strategy, 'generated');
  return hasDrifted ? { ...options, set_user_root_attributes: 'on_first_login' } : options;
}

function ordinary(strategy: string, position: number): SeedConnection {
  // Half unset, half explicit, except for connections to which the setting cannot apply.
  const explicit = position % 2 === 0 && !['email', 'sms'].includes(strategy);
  return connection(`main-${strategy}`, strategy, explicit ? { root: 'on_each_login' } : {});
}

function databases(): SeedConnection[] {
  const encrypted = { ...customDatabase(), configuration: encryptedConfiguration('customers') };
  const bothSchemes = {
    ...customDatabase(),
    password_options: passwordOptions(),
    password_history: { size: 5, enable: false },
  };
  const attributes = {
    email: {
      signup: { status: 'required', verification: { active: false } },
      unique: true,
      identifier: { active: true },
      profile_required: true,
      verification_method: 'link',
    },
  };
  return [
    connection('Username-Password-Authentication', 'auth0'),
    connection('customers-legacy', 'auth0', { options: customDatabase(), root: 'on_first_login' }),
    connection('customers-encrypted', 'auth0', { options: encrypted, root: 'on_first_login' }),
    connection('customers-encrypted-fine', 'auth0', { options: encrypted }),
    connection('customers-both-schemes', 'auth0', { options: bothSchemes, root: 'on_first_login' }),
    connection('customers-import', 'auth0', { options: { ...customDatabase(), import_mode: true } }),
    connection('customers-attributes', 'auth0', { options: { ...plainDatabase(), attributes } }),
  ];
}

/** Compliant connections of the strategies that also have drifted connections. */
function directories(): SeedConnection[] {
  return [
    connection('wayne-okta', 'okta', { display_name: 'Wayne', show_as_button: true }),
    connection('soylent-saml', 'samlp', { root: 'on_each_login', display_name: 'Soylent' }),
    connection('tyrell-azure', 'waad', { display_name: 'Tyrell' }),
  ];
}

function drifted(): SeedConnection[] {
  return [
    connection('acme-okta', 'okta', {
      root: 'on_first_login',
      display_name: 'Acme workforce',
      metadata: { team: 'identity' },
    }),
    connection('globex-saml', 'samlp', { root: 'on_first_login', display_name: 'Globex', metadata: { tier: 'gold' } }),
    connection('initech-azure', 'waad', {
      root: 'never_on_login',
      display_name: 'Initech (SCIM)',
      metadata: { scim: 'true' },
    }),
    connection('hooli-workspace', 'google-apps', { root: 'never_on_login', display_name: 'Hooli directory' }),
    connection('umbrella-ping', 'pingfederate', { root: 'on_first_login' }),
    connection('stark-oidc', 'oidc', { root: 'on_first_login', display_name: 'Stark', is_domain_connection: true }),
  ];
}

function peculiar(): SeedConnection[] {
  return [
    connection('undocumented-value', 'oidc', { root: 'on_second_login' }),
    connection('empty-options', 'samlp', { options: {} }),
    connection('future-strategy', 'quantum-id', { root: 'on_first_login' }),
  ];
}

/** Hostile names that attack a program that prints them. */
function hostile(): SeedConnection[] {
  const names = [
    'Red\u001b[31m\u0007 alert',
    'safe\u202Egnp.exe',
    '<script>alert(1)</script>',
    '@here everyone',
    '=HYPERLINK("https://evil.example.invalid","click")',
    'one\r\nSubject: all is well\ntwo',
  ];
  const strategies = ['github', 'linkedin', 'oauth2', 'salesforce', 'twitter', 'windowslive'];
  return names.map((name, position) =>
    connection(`hostile-${position + 1}`, strategies[position] ?? 'oauth2', {
      root: 'on_first_login',
      display_name: name,
    }),
  );
}

interface Details {
  readonly options?: JsonObject;
  /** The value of `set_user_root_attributes`; undefined for options without the key. */
  readonly root?: string;
  readonly [topLevel: string]: Json | undefined;
}

function connection(name: string, strategy: string, details: Details = {}): SeedConnection {
  const { options = optionsFor(strategy, name), root, ...topLevel } = details;
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(topLevel)) if (value !== undefined) rest[key] = value;
  const set = root === undefined ? {} : { set_user_root_attributes: root };
  return { ...rest, id: inventId(name), name, strategy, options: { ...options, ...set } };
}
