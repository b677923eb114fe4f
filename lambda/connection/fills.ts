import { isObject, ownEntry } from './own-entry';
import { keysOf } from './tables';

export interface FillKeyFacts {
  /** The option can change how users log in, or whether they can. A repair then needs permission in the policy. */
  readonly canChangeLogin: boolean;
}

/**
 * Every option that Auth0 might fill in at a write that omits it or sends it as `null`. A dot separates the key of an
 * object from a key inside this object. Public: a policy names the options that can change a login.
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
/** The keys that a policy can allow. */
export type LoginKey = {
  [Key in FillKey]: (typeof FILL_KEYS)[Key]['canChangeLogin'] extends true ? Key : never;
}[FillKey];
export const LOGIN_KEYS: readonly LoginKey[] = keysOf(FILL_KEYS).filter(canChangeLogin);

/** Whether filling in this option can change how users log in. */
export function canChangeLogin(key: FillKey): key is LoginKey {
  return FILL_KEYS[key].canChangeLogin;
}

/** The value that Auth0 might fill in under a key of one strategy. */
export interface Fill {
  /** One of these values, any text that is not empty, or an https address at the identity provider. */
  readonly value: readonly unknown[] | 'text' | 'endpoint';
  /** Auth0 fills in the key only if all options of one of these sets are present. */
  readonly where?: readonly (readonly string[])[];
  /** The source of this fact. */
  readonly source: string;
}

/** By key: the fills that were observed for one strategy. */
export type Fills = { readonly [Key in FillKey]?: Fill };

type Options = Readonly<Record<string, unknown>>;

/**
 * The keys that are missing in these options, so that Auth0 might fill them in at a write. Names only, never values.
 */
export function lackedKeys(fills: Fills, options: Options): readonly FillKey[] {
  return keysOf(FILL_KEYS).filter((key) => {
    const fill = fills[key];
    if (fill === undefined || !isNothing(valueAt(options, key))) return false;
    const isThere = (name: string): boolean => !isNothing(ownEntry(options, name));
    return fill.where === undefined || fill.where.some((names) => names.every(isThere));
  });
}

/**
 * The sent options, with the values that Auth0 filled in under these keys. A value is taken over only if the sent
 * options had no value there, and if the value is a known fill of the strategy.
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

/** The API treats `null` and an absent key as the same. */
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
