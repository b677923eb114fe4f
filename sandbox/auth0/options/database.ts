import { isObject, type Json, type JsonObject } from '../../json';
import type { PasswordScheme, Write } from './write';

/** recorded: the value that a database has after a POST or PATCH that left it out */
const PASSKEY_OPTIONS: JsonObject = {
  challenge_ui: 'both',
  progressive_enrollment_enabled: true,
  local_enrollment_enabled: true,
};
const PASSWORD_METHOD: JsonObject = { enabled: true, api_behavior: 'required', signup_behavior: 'allow' };

/** recorded: TestAccConnectionAddEmailAttributeNonUnique (2026-08); earlier tenants get `passwordPolicy: "good"` */
const PASSWORD_OPTIONS: JsonObject = {
  complexity: {
    character_type_rule: 'all',
    identical_characters: 'allow',
    sequential_characters: 'allow',
    max_length_exceeded: 'error',
    min_length: 15,
    character_types: [],
  },
  profile_data: {
    active: false,
    blocked_fields: [
      'name',
      'username',
      'nickname',
      'email',
      'phone_number',
      'user_metadata.name',
      'user_metadata.first',
      'user_metadata.last',
    ],
  },
  history: { active: false, size: 3 },
  dictionary: { active: false, custom: [], default: 'en_100k' },
};

/**
 * A database (strategy auth0). A POST fills more than a PATCH: mfa, strategy_version and the password settings are
 * given once and lost for good when a PATCH leaves them out (recorded: TestAccConnectionConfiguration); passkey_options,
 * authentication_methods and brute_force_protection are supplied again each time (recorded: TestAccConnection).
 */
export function normalizeDatabase({ sent, stored, cipher, passwordScheme }: Write): JsonObject {
  const created = stored === undefined ? newDatabase(sent, passwordScheme) : {};
  const written: JsonObject = {
    brute_force_protection: true,
    passkey_options: PASSKEY_OPTIONS,
    ...created,
    ...sent,
    authentication_methods: authenticationMethods(sent.authentication_methods, stored),
  };
  const { configuration, attributes, password_options: passwordOptions } = sent;
  if (isObject(configuration)) written.configuration = encrypted(configuration, cipher.encrypt);
  if (isObject(attributes)) written.attributes = withEmailDefaults(attributes);
  // recorded: TestAccConnectionPasswordOptions, what a section leaves out is filled.
  if (isObject(passwordOptions)) written.password_options = filledSections(passwordOptions);
  return written;
}

function newDatabase(sent: JsonObject, passwordScheme: PasswordScheme): JsonObject {
  const base: JsonObject = { mfa: { active: true, return_enroll_settings: true }, strategy_version: 2 };
  if (isObject(sent.password_options) || sent.passwordPolicy !== undefined) return base;
  return passwordScheme === 'password_options'
    ? { ...base, password_options: PASSWORD_OPTIONS }
    : { ...base, passwordPolicy: 'good' };
}

/**
 * A POST that sends them is answered with all four methods (recorded: TestAccConnection), one that does not with password
 * and passkey (recorded: TestAccConnectionPasswordOptions). A PATCH, whether it sends them or not, shows the two one-time
 * codes where they stood before (recorded: TestAccConnection, and deploy-cli, whose echo of two methods stayed two).
 * unconfirmed: whether what a PATCH leaves out keeps its stored value or falls back to the default. Here it falls back.
 */
function authenticationMethods(sent: Json | undefined, stored: JsonObject | undefined): JsonObject {
  const before = stored?.authentication_methods;
  const codes = stored === undefined ? isObject(sent) : isObject(before) && 'email_otp' in before;
  const methods: JsonObject = { password: PASSWORD_METHOD, passkey: { enabled: false } };
  if (codes) Object.assign(methods, { email_otp: { enabled: false }, phone_otp: { enabled: false } });
  if (!isObject(sent)) return methods;
  const password = isObject(sent.password) ? { ...PASSWORD_METHOD, ...sent.password } : PASSWORD_METHOD;
  return { ...methods, ...sent, password };
}

function encrypted(configuration: JsonObject, encrypt: (plaintext: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(configuration).map(([key, value]) => [key, typeof value === 'string' ? encrypt(value) : value]),
  );
}

/** recorded: TestAccConnectionPasswordAuthenticationBehaviors */
function withEmailDefaults(attributes: JsonObject): JsonObject {
  const { email } = attributes;
  if (!isObject(email)) return attributes;
  return { ...attributes, email: { verification_method: 'link', unique: true, ...email } };
}

function filledSections(sent: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(PASSWORD_OPTIONS).map(([section, defaults]) => {
      const given = sent[section];
      return [section, isObject(defaults) && isObject(given) ? { ...defaults, ...given } : (given ?? defaults)];
    }),
  );
}
