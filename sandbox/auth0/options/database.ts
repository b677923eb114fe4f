import { isObject, type Json, type JsonObject, without } from '../../json';
import type { TenantKind } from '../tenant-kind';
import type { Write } from './write';

/** recorded: the value of a database after a POST or PATCH that omits it */
const PASSKEY_OPTIONS: JsonObject = {
  challenge_ui: 'both',
  progressive_enrollment_enabled: true,
  local_enrollment_enabled: true,
};

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

/** The default password method of a database, by kind of tenant. */
const PASSWORD_METHOD: Record<TenantKind['passwordMethod'], JsonObject> = {
  none: {},
  enabled: { enabled: true },
  api_behavior: { enabled: true, api_behavior: 'required' },
  signup_behavior: { enabled: true, api_behavior: 'required', signup_behavior: 'allow' },
};

/**
 * A database (strategy auth0). A POST fills more than a PATCH. mfa, strategy_version and the password settings are filled
 * one time and permanently lost when a PATCH omits them (recorded: TestAccConnectionConfiguration). passkey_options,
 * authentication_methods and brute_force_protection are filled again each time (recorded: TestAccConnection).
 */
export function normalizeDatabase({ sent, stored, cipher, kind }: Write): JsonObject {
  const created = stored === undefined ? newDatabase(sent, kind) : {};
  const written: JsonObject = {
    brute_force_protection: true,
    ...(kind.passwordMethod === 'none' ? {} : methods(sent.authentication_methods, stored, kind)),
    ...created,
    ...without(sent, kind.passwordMethod === 'none' ? [] : ['authentication_methods']),
  };
  const { configuration, attributes, password_options: passwordOptions } = sent;
  if (isObject(configuration)) written.configuration = encrypted(configuration, cipher.encrypt);
  if (isObject(attributes)) written.attributes = withEmailDefaults(attributes);
  // recorded: TestAccConnectionPasswordOptions, omitted keys of a section are filled.
  if (isObject(passwordOptions)) written.password_options = filledSections(passwordOptions);
  return written;
}

function newDatabase(sent: JsonObject, { passwordSettings }: TenantKind): JsonObject {
  const base: JsonObject = { mfa: { active: true, return_enroll_settings: true }, strategy_version: 2 };
  if (isObject(sent.password_options)) return base;
  // recorded: deploy-cli AUTH0_ALLOW_DELETE, such a tenant adds password_options to a passwordPolicy that was sent.
  if (passwordSettings === 'password_options') return { ...base, password_options: PASSWORD_OPTIONS };
  return { ...base, passwordPolicy: 'good' };
}

/**
 * The answer to a POST with methods has all four methods (recorded: TestAccConnection). The answer to a POST without methods
 * has password and passkey (recorded: TestAccConnectionPasswordOptions). The answer to a PATCH, with or without methods, has
 * the two one-time codes if they were stored before (recorded: TestAccConnection, and deploy-cli: two methods that were sent
 * back stayed two). unconfirmed: whether an omitted method keeps its stored value or gets the default. Here it gets the
 * default.
 */
function methods(sent: Json | undefined, stored: JsonObject | undefined, kind: TenantKind): JsonObject {
  const before = stored?.authentication_methods;
  const earlier = stored === undefined ? isObject(sent) : isObject(before) && 'email_otp' in before;
  const showsCodes = kind.oneTimeCodes || earlier;
  const given = isObject(sent) ? sent : {};
  const password = { ...PASSWORD_METHOD[kind.passwordMethod], ...(isObject(given.password) ? given.password : {}) };
  return {
    passkey_options: PASSKEY_OPTIONS,
    authentication_methods: {
      passkey: { enabled: false },
      ...(showsCodes ? { email_otp: { enabled: false }, phone_otp: { enabled: false } } : {}),
      ...given,
      password,
    },
  };
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
