import type { Json, JsonObject } from '../json';

/** Values that an emulator cannot know, with the reason. They are compared by their type instead (docs/conformance.md). */
interface Rule {
  readonly reason: string;
  /** Undefined: every strategy. */
  readonly strategies?: readonly string[];
  /** Paths in a connection; `.*` matches any key below. */
  readonly keys: readonly string[];
  /** Only if the last write of the options did not contain the value itself. */
  readonly unlessSent?: true;
  /** Only if the request contained these options. */
  readonly where?: (sent: JsonObject) => boolean;
}

export const NOT_COMPARABLE: readonly Rule[] = [
  { reason: 'invented by the tenant', keys: ['id', 'provisioning_ticket_url'] },
  { reason: 'changed by other endpoints', keys: ['enabled_clients'] },
  { reason: 'ciphertext', keys: ['options.configuration.*'] },
  {
    reason: 'from the discovery document',
    strategies: ['oidc', 'okta'],
    keys: [
      'options.oidc_metadata',
      'options.authorization_endpoint',
      'options.token_endpoint',
      'options.userinfo_endpoint',
      'options.jwks_uri',
      'options.issuer',
    ],
    unlessSent: true,
  },
  {
    reason: 'from the metadata at a URL',
    strategies: ['samlp'],
    keys: [
      'options.bindingMethod',
      'options.cert',
      'options.expires',
      'options.signInEndpoint',
      'options.signOutEndpoint',
      'options.signingCert',
      'options.subject',
      'options.thumbprints',
    ],
    unlessSent: true,
    where: ({ metadataUrl, signingCert }) => typeof metadataUrl === 'string' && typeof signingCert !== 'string',
  },
  {
    reason: 'keys and domain of the tenant itself',
    strategies: ['waad'],
    keys: ['options.app_domain', 'options.thumbprints'],
    unlessSent: true,
  },
];

/** The reason if a value is compared only by its type, otherwise undefined. `sent`: the options of the last write. */
export function whyNotComparable(path: string, strategy: Json | undefined, sent: JsonObject): string | undefined {
  const given = path.startsWith('options.') ? sent[path.slice('options.'.length)] : undefined;
  const rule = NOT_COMPARABLE.find(
    ({ keys, strategies, unlessSent, where }) =>
      keys.some((key) => key === path || (key.endsWith('.*') && path.startsWith(key.slice(0, -1)))) &&
      (strategies === undefined || (typeof strategy === 'string' && strategies.includes(strategy))) &&
      (unlessSent !== true || given === undefined || given === null) &&
      (where === undefined || where(sent)),
  );
  return rule?.reason;
}
