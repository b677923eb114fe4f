import type { FillKey } from './fills';
import type { RootAttributes, Setting } from './setting';
import type { EchoedField } from './strategies';

/**
 * A connection as the auditing path knows it. `options` stays outside: it holds upstream secrets in clear, so
 * `auth0/wire-connection.ts` keeps the one setting and a few facts, and drops the rest.
 */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | undefined;
  readonly strategy: string;
  readonly isDomainConnection: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  /** The fields that a write may have to send back, as far as the answer shows a value there. */
  readonly shown: readonly EchoedField[];
  readonly options: Options;
}

/** `hidden`: no `options` key in the answer (the token lacks `read:connections_options`); `empty`: an empty object. */
export type Options =
  | { readonly visibility: 'hidden' | 'empty' }
  | {
      readonly visibility: 'visible';
      readonly rootAttributes: Setting;
      /** `enabledDatabaseCustomization` is true: users live in an external store that our customer's scripts reach. */
      readonly customDatabase: boolean;
      /** `import_mode` is true: users move into Auth0's own store at their first login. */
      readonly importMode: boolean;
      /** `configuration` holds values; they read as ciphertext and would be encrypted again when written back. */
      readonly encryptedConfiguration: boolean;
      /** `password_options` stands beside the legacy password settings; a write that carries both is refused. */
      readonly bothPasswordSchemes: boolean;
      /** `attributes` stands beside `validation` or `requires_username: true`; a write that carries both is refused. */
      readonly attributesConflict: boolean;
      /** Some value reads as masked or redacted; writing it back would replace the real one. */
      readonly maskedSecret: boolean;
      /** The setting is the only option: a write without it would send none. */
      readonly isAlone: boolean;
      /** The options that Auth0 may fill in at the next write: names of a fixed list, never values. */
      readonly lacks: readonly FillKey[];
    };

/** The raw value, as an undo would put it back: `null` where the key is absent; `undefined` where no run of ours wrote it. */
export function currentValue({ options }: Connection): RootAttributes | null | undefined {
  if (options.visibility !== 'visible' || options.rootAttributes.kind === 'undocumented') return undefined;
  return options.rootAttributes.kind === 'absent' ? null : options.rootAttributes.value;
}
