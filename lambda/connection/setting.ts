/** The option that this auditor checks, as the Management API spells it. */
export const SETTING = 'set_user_root_attributes' as const;
/**
 * What the auditor checks in a connection. Findings, state and public ids contain it together with the connection id.
 */
export type Control = typeof SETTING;

/** The values Auth0 documents for `options.set_user_root_attributes` (Management API reference, PATCH connections). */
export const ROOT_ATTRIBUTES = ['on_each_login', 'on_first_login', 'never_on_login'] as const;
export type RootAttributes = (typeof ROOT_ATTRIBUTES)[number];

/**
 * The setting as it was read. An absent key is a separate state, not a missing value. `undocumented` is any value that
 * Auth0 does not document, with a bounded text to print (the JSON type if the value is not a string).
 */
export type Setting =
  | { readonly kind: 'absent' }
  | { readonly kind: 'documented'; readonly value: RootAttributes }
  | { readonly kind: 'undocumented'; readonly text: string };

/** An absent key means `on_each_login` (Management API reference; terraform-provider-auth0 `flatten.go`). */
export function effectiveValue(setting: Exclude<Setting, { kind: 'undocumented' }>): RootAttributes {
  return setting.kind === 'absent' ? 'on_each_login' : setting.value;
}
