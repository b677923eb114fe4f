import { isObject, ownEntry } from './own-entry';
import { keysOf } from './tables';

export interface FillKeyFacts {
  /** It can change how users log in, or whether; a repair needs the policy's leave. */
  readonly canChangeLogin: boolean;
}

/**
 * Every option that Auth0 may fill in at a write which leaves it out or sends it as `null`; a key inside an object among
 * the options stands behind a dot. Public: a policy names those that can change a login.
 */
export const FILL_KEYS = {
  schema_version: { canChangeLogin: false },
  attribute_map: { canChangeLogin: false },
  userid_attribute: { canChangeLogin: false },
  waad_common_endpoint: { canChangeLogin: false },
  'connection_settings.pkce': { canChangeLogin: true },
  type: { canChangeLogin: true },
  api_enable_users: { canChangeLogin: true },
  authorization_endpoint: { canChangeLogin: true },
  token_endpoint: { canChangeLogin: true },
  userinfo_endpoint: { canChangeLogin: true },
} as const satisfies Readonly<Record<string, FillKeyFacts>>;
export type FillKey = keyof typeof FILL_KEYS;
/** The keys that a policy may allow. */
export type LoginKey = {
  [Key in FillKey]: (typeof FILL_KEYS)[Key]['canChangeLogin'] extends true ? Key : never;
}[FillKey];
export const LOGIN_KEYS: readonly LoginKey[] = keysOf(FILL_KEYS).filter(canChangeLogin);

/** Whether filling in this option can change how users log in. */
export function canChangeLogin(key: FillKey): key is LoginKey {
  return FILL_KEYS[key].canChangeLogin;
}

/** What Auth0 may put under a key of one strategy. */
export interface Fill {
  /** One of these values, any text that is not empty, or an https address at the identity provider. */
  readonly value: readonly unknown[] | 'text' | 'endpoint';
  /** It does so only where all options of one of these sets are there. */
  readonly where?: readonly (readonly string[])[];
  /** Where it was seen. */
  readonly source: string;
}

/** By key; a strategy has those that were seen there. */
export type Fills = { readonly [Key in FillKey]?: Fill };

type Options = Readonly<Record<string, unknown>>;

/** The keys that these options lack, so that a write may fill them in. Names only: no value leaves. */
export function lackedKeys(fills: Fills, options: Options): readonly FillKey[] {
  return keysOf(FILL_KEYS).filter((key) => {
    const fill = fills[key];
    if (fill === undefined || !isNothing(valueAt(options, key))) return false;
    const isThere = (name: string): boolean => !isNothing(ownEntry(options, name));
    return fill.where === undefined || fill.where.some((names) => names.every(isThere));
  });
}

/**
 * The options, and under each of these keys what Auth0 has filled in, as far as it may: where they had nothing, and the
 * value is one that the strategy is known to be given.
 */
export function withFilled(
  { fills, keys }: { readonly fills: Fills; readonly keys: readonly FillKey[] },
  sent: Options,
  found: Options,
): Options {
  return keys.reduce((options, key) => {
    const fill = fills[key];
    const value = valueAt(found, key);
    const mayBe = fill !== undefined && isNothing(valueAt(sent, key)) && isFilling(fill, value, sent);
    return mayBe ? withValueAt(options, key, value) : options;
  }, sent);
}

function isFilling({ value: known }: Fill, value: unknown, sent: Options): boolean {
  if (known === 'text') return typeof value === 'string' && value !== '';
  if (known !== 'endpoint') return known.some((one) => JSON.stringify(one) === JSON.stringify(value));
  const origins = [sent.discovery_url, sent.issuer].map(originOf);
  const origin = originOf(value);
  return origin !== undefined && origins.includes(origin);
}

function originOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' ? origin : undefined;
}

/** The API takes `null` and an absent key for the same. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function valueAt(options: Options, key: FillKey): unknown {
  const [outer = '', inner] = key.split('.');
  const value = ownEntry(options, outer);
  return inner === undefined || !isObject(value) ? value : ownEntry(value, inner);
}

function withValueAt(options: Options, key: FillKey, value: unknown): Options {
  const [outer = '', inner] = key.split('.');
  const before = ownEntry(options, outer);
  return { ...options, [outer]: inner === undefined ? value : { ...(isObject(before) ? before : {}), [inner]: value } };
}
