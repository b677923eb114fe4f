import { createHash } from 'node:crypto';
import type { Json, JsonObject } from './json';

/**
 * Made-up option sets in the form of the recordings for a strategy: the same keys, invented values. Secrets are plain text,
 * because read:connections_options returns them as plain text.
 */
export function optionsFor(strategy: string, label: string): JsonObject {
  const shape = SHAPES.get(strategy) ?? social;
  return shape(strategy, label);
}

type Shape = (strategy: string, label: string) => JsonObject;

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['auth0', () => plainDatabase()],
  ['email', email],
  ['sms', sms],
  ['ad', activeDirectory],
  ['auth0-adldap', activeDirectory],
  ['adfs', adfs],
  ['waad', azure],
  ['office365', azure],
  ['google-apps', workspace],
  ['samlp', saml],
  ['pingfederate', pingFederate],
  ['okta', discovered],
  ['oidc', discovered],
  ['auth0-oidc', oauth2],
  ['oauth2', oauth2],
  ['custom', oauth2],
  ['oauth1', oauth1],
  ['ip', (_, label) => ({ range: '203.0.113.0/24', name: label })],
]);

export function plainDatabase(): JsonObject {
  return {
    mfa: { active: true, return_enroll_settings: true },
    passwordPolicy: 'good',
    passkey_options: { challenge_ui: 'both', local_enrollment_enabled: true, progressive_enrollment_enabled: true },
    strategy_version: 2,
    authentication_methods: {
      passkey: { enabled: false },
      password: { enabled: true, api_behavior: 'required', signup_behavior: 'allow' },
    },
    brute_force_protection: true,
  };
}

/** A database with an external user store, which scripts access. */
export function customDatabase(): JsonObject {
  return {
    ...plainDatabase(),
    import_mode: false,
    customScripts: { login: 'function login(email, password, callback) { return callback(null, {}); }' },
    requires_username: false,
    enabledDatabaseCustomization: true,
  };
}

/** The form of `options.configuration` in a read: only the tenant can decrypt it. */
export function encryptedConfiguration(label: string): JsonObject {
  return Object.fromEntries(
    ['DB_HOST', 'DB_PASSWORD'].map((key) => [key, `made-up-ciphertext-seed-${fingerprint(`${label} ${key}`)}`]),
  );
}

/** The second of the two password schemes, which some databases have in addition to the first. */
export function passwordOptions(): JsonObject {
  return {
    history: { size: 3, active: false },
    complexity: { min_length: 12, character_types: [], max_length_exceeded: 'error' },
    dictionary: { active: false, custom: [], default: 'en_100k' },
    profile_data: { active: false, blocked_fields: ['name', 'email'] },
  };
}

function email(): JsonObject {
  return {
    name: 'email',
    totp: { length: 6, time_step: 300 },
    email: {
      body: '<html>{{ code }}</html>',
      from: '{{ application.name }} <no-reply@example.invalid>',
      syntax: 'liquid',
      subject: 'Your code',
    },
    disable_signup: false,
    brute_force_protection: true,
  };
}

function sms(_: string, label: string): JsonObject {
  return {
    name: 'sms',
    totp: { length: 6, time_step: 300 },
    from: '+15550100',
    syntax: 'md_with_macros',
    template: 'Your verification code is @@password@@',
    twilio_sid: 'made-up-twilio-sid',
    twilio_token: `made-up-twilio-token-${label}`,
    disable_signup: false,
    brute_force_protection: true,
  };
}

function activeDirectory(_: string, label: string): JsonObject {
  return {
    ips: ['203.0.113.10'],
    certs: ['made-up-connector-certificate'],
    agentIP: '203.0.113.10',
    agentMode: true,
    agentVersion: '6.3.0',
    thumbprints: [fingerprint(`${label} connector`)],
    tenant_domain: `${label}.example.invalid`,
    domain_aliases: [`${label}.example.invalid`],
    brute_force_protection: true,
    disable_self_service_change_password: false,
  };
}

function adfs(_: string, label: string): JsonObject {
  return {
    entityId: `http://${label}.example.invalid/adfs/services/trust`,
    adfs_server: `https://${label}.example.invalid/FederationMetadata/2007-06/FederationMetadata.xml`,
    thumbprints: [fingerprint(`${label} signing`)],
    prev_thumbprints: [fingerprint(`${label} old signing`)],
    fedMetadataXml: '<EntityDescriptor/>',
    signInEndpoint: `https://${label}.example.invalid/adfs/ls/`,
    tenant_domain: `${label}.example.invalid`,
    domain_aliases: [`${label}.example.invalid`],
    api_enable_users: false,
    cert_rollover_notification: '2026-01-01T00:00:00.000Z',
    should_trust_email_verified_connection: 'never_set_emails_as_verified',
  };
}

function azure(strategy: string, label: string): JsonObject {
  return {
    domain: `${label}.example.invalid`,
    client_id: `made-up-client-id-${label}`,
    use_wsfed: false,
    app_domain: 'sandbox.invalid',
    ext_groups: true,
    ext_profile: true,
    thumbprints: [fingerprint(`${label} one`), fingerprint(`${label} two`)],
    identity_api: 'microsoft-identity-platform-v2.0',
    client_secret: `made-up-client-secret-${strategy}-${label}`,
    tenant_domain: `${label}.example.invalid`,
    waad_protocol: 'openid-connect',
    domain_aliases: [`${label}.example.invalid`],
    userid_attribute: 'oid',
    useCommonEndpoint: false,
    api_enable_users: true,
    waad_common_endpoint: false,
    should_trust_email_verified_connection: 'never_set_emails_as_verified',
  };
}

function workspace(_: string, label: string): JsonObject {
  return {
    email: true,
    scope: ['email', 'profile'],
    domain: `${label}.example.invalid`,
    profile: true,
    client_id: `made-up-client-id-${label}`,
    ext_groups: false,
    client_secret: `made-up-client-secret-google-${label}`,
    tenant_domain: `${label}.example.invalid`,
    domain_aliases: [`${label}.example.invalid`],
    api_enable_users: true,
    admin_access_token: `made-up-admin-token-${label}`,
    admin_refresh_token: `made-up-admin-refresh-${label}`,
    admin_access_token_expiresin: '2026-09-01T00:00:00.000Z',
    handle_login_from_social: true,
  };
}

function saml(_: string, label: string): JsonObject {
  return {
    cert: certificate(label),
    expires: '2031-01-01T00:00:00.000Z',
    subject: { commonName: `${label}.example.invalid` },
    fieldsMap: { email: ['urn:oid:0.9.2342.19200300.100.1.3'] },
    signing_key: { cert: certificate(`${label} ours`), key: `made-up-signing-key-${label}` },
    signingCert: Buffer.from(certificate(label)).toString('base64'),
    thumbprints: [fingerprint(`${label} saml`)],
    bindingMethod: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
    signInEndpoint: `https://${label}.example.invalid/saml/sign-in`,
    digestAlgorithm: 'sha256',
    signOutEndpoint: `https://${label}.example.invalid/saml/sign-out`,
    signSAMLRequest: true,
    domain_aliases: [`${label}.example.invalid`],
    signatureAlgorithm: 'rsa-sha256',
  };
}

function pingFederate(_: string, label: string): JsonObject {
  return {
    cert: certificate(label),
    idpInitiated: { enabled: false },
    tenant_domain: `${label}.example.invalid`,
    domain_aliases: [`${label}.example.invalid`],
    signSAMLRequest: true,
    digestAlgorithm: 'sha256',
    pingFederateBaseUrl: `https://${label}.example.invalid`,
    signatureAlgorithm: 'rsa-sha256',
  };
}

function discovered(strategy: string, label: string): JsonObject {
  const issuer = `https://${label}.example.invalid`;
  const endpoints = {
    issuer,
    jwks_uri: `${issuer}/oauth2/v1/keys`,
    token_endpoint: `${issuer}/oauth2/v1/token`,
    userinfo_endpoint: `${issuer}/oauth2/v1/userinfo`,
    authorization_endpoint: `${issuer}/oauth2/v1/authorize`,
  };
  return {
    ...endpoints,
    ...(strategy === 'okta'
      ? { domain: `${label}.example.invalid` }
      : { discovery_url: `${issuer}/.well-known/openid-configuration` }),
    type: 'back_channel',
    scope: 'openid profile email',
    client_id: `made-up-client-id-${label}`,
    client_secret: `made-up-client-secret-${strategy}-${label}`,
    attribute_map: { mapping_mode: strategy === 'okta' ? 'basic_profile' : 'bind_all' },
    oidc_metadata: { ...endpoints, scopes_supported: ['openid', 'profile', 'email'] },
    domain_aliases: [`${label}.example.invalid`],
    schema_version: 'oidc-V4',
    connection_settings: { pkce: 'auto' },
  };
}

function oauth2(strategy: string, label: string): JsonObject {
  return {
    scope: 'openid',
    scripts: { fetchUserProfile: 'function(accessToken, ctx, cb) { cb(null, {}); }' },
    tokenURL: `https://${label}.example.invalid/token`,
    client_id: `made-up-client-id-${label}`,
    client_secret: `made-up-client-secret-${strategy}-${label}`,
    authorizationURL: `https://${label}.example.invalid/authorize`,
  };
}

function oauth1(_: string, label: string): JsonObject {
  return {
    client_id: `made-up-client-id-${label}`,
    client_secret: `made-up-client-secret-oauth1-${label}`,
    accessTokenURL: `https://${label}.example.invalid/access`,
    requestTokenURL: `https://${label}.example.invalid/request`,
    userAuthorizationURL: `https://${label}.example.invalid/authorize`,
  };
}

function social(strategy: string, label: string): JsonObject {
  const flags = SOCIAL_FLAGS.get(strategy) ?? {};
  return {
    ...flags,
    client_id: `made-up-client-id-${label}`,
    client_secret: `made-up-client-secret-${strategy}-${label}`,
  };
}

const SOCIAL_FLAGS: ReadonlyMap<string, { readonly [key: string]: Json }> = new Map([
  ['apple', { name: true, email: true, scope: 'name email' }],
  ['facebook', { email: true, scope: 'email,public_profile', public_profile: true }],
  ['github', { email: true, scope: ['user:email'], profile: true }],
  ['google-oauth2', { email: true, scope: ['email', 'profile'], profile: true }],
  ['line', { email: true, scope: ['openid', 'email', 'profile'], profile: true }],
  ['linkedin', { email: true, scope: ['r_emailaddress', 'r_liteprofile'], profile: true, strategy_version: 2 }],
  ['salesforce', { scope: [] }],
  ['salesforce-community', { scope: [], community_base_url: 'https://community.example.invalid' }],
  ['salesforce-sandbox', { scope: [] }],
  [
    'windowslive',
    { scope: ['https://graph.microsoft.com/User.Read'], signin: true, graph_user: true, strategy_version: 2 },
  ],
  ['wordpress', { scope: ['profile'], profile: true }],
]);

function certificate(label: string): string {
  return `-----BEGIN CERTIFICATE-----\nmade-up-certificate-${fingerprint(label)}\n-----END CERTIFICATE-----`;
}

function fingerprint(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
