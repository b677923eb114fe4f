/**
 * The settings that depend on the age of a tenant. Auth0 added keys over the years, so that two tenants store different
 * options for the same body (recorded: the same POST of a database in 2022, 2025, 2026-01, 2026-03 and 2026-08).
 */
export interface TenantKind {
  /** The password settings that a new database gets. */
  readonly passwordSettings: 'passwordPolicy' | 'password_options';
  /**
   * The newest key of `authentication_methods.password` of a database; each kind also has the earlier keys. `none`: the
   * tenant has neither authentication_methods nor passkey_options (recorded: TestAccOrganization, 2022).
   */
  readonly passwordMethod: 'none' | 'enabled' | 'api_behavior' | 'signup_behavior';
  /** Whether a database shows the two one-time codes if no request sent a method (recorded: TestAccDataSourceOrganization). */
  readonly oneTimeCodes: boolean;
  /** Whether a write of oidc or okta fills attribute_map and connection_settings (recorded: in every write that omits them). */
  readonly mapsAttributes: boolean;
  /** The schema_version after a write of oidc or okta. Older tenants have another version or none. */
  readonly schemaVersion: 'none' | 'openid-1.0.0' | 'oidc-V4';
  /** Whether connections have `authentication` and `connected_accounts` at the top level (recorded: since 2025-11). */
  readonly showsPurposes: boolean;
  /** Whether a GET or PATCH shows `enabled_clients`, like a POST (recorded: some tenants since 2026-07 do not). */
  readonly showsClients: boolean;
  /** Whether a new samlp connection gets assertion_decryption_settings (recorded: since 2026-05). */
  readonly decryptionSettings: boolean;
}

/** A tenant of early 2026, as in most recordings. */
export const USUAL_TENANT: TenantKind = {
  passwordSettings: 'passwordPolicy',
  passwordMethod: 'signup_behavior',
  oneTimeCodes: false,
  mapsAttributes: true,
  schemaVersion: 'oidc-V4',
  showsPurposes: true,
  showsClients: true,
  decryptionSettings: true,
};
