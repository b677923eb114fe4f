/**
 * What a tenant's age decides. Auth0 added keys over the years, so two tenants that are sent the same body keep different
 * options (recorded: the same POST of a database in 2022, 2025, 2026-01, 2026-03 and 2026-08).
 */
export interface TenantKind {
  /** Which password settings a new database is given. */
  readonly passwordSettings: 'passwordPolicy' | 'password_options';
  /**
   * The newest key of `authentication_methods.password` of a database; each kind has those before it too. `none`: the
   * tenant knows neither authentication_methods nor passkey_options (recorded: TestAccOrganization, 2022).
   */
  readonly passwordMethod: 'none' | 'enabled' | 'api_behavior' | 'signup_behavior';
  /** Whether a database shows the two one-time codes where nobody sent a method (recorded: TestAccDataSourceOrganization). */
  readonly oneTimeCodes: boolean;
  /** Whether a write of oidc or okta fills attribute_map and connection_settings (recorded: wherever they were left out). */
  readonly mapsAttributes: boolean;
  /** What a write of oidc or okta gives as schema_version; older tenants give another one, or none. */
  readonly schemaVersion: 'none' | 'openid-1.0.0' | 'oidc-V4';
  /** Whether connections show `authentication` and `connected_accounts` at the top (recorded: from 2025-11 on). */
  readonly showsPurposes: boolean;
  /** Whether a GET or PATCH shows `enabled_clients`, as a POST always does (recorded: some tenants of 2026-07 and later do not). */
  readonly showsClients: boolean;
  /** Whether a new samlp connection is given assertion_decryption_settings (recorded: from 2026-05 on). */
  readonly decryptionSettings: boolean;
}

/** A tenant of early 2026, as most recordings show it. */
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
