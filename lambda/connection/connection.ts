import type { FillKey } from './fills';
import type { RootAttributes, Setting } from './setting';
import type { EchoedField } from './strategies';

/**
 * A connection without its raw options, as the audit uses it. The raw options contain upstream secrets in clear text,
 * so `auth0/wire-connection.ts` keeps the setting and a few facts, and drops the rest.
 */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | undefined;
  readonly strategy: string;
  readonly isDomainConnection: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  /** The fields for which the answer shows a value and which a write might have to send back. */
  readonly shown: readonly EchoedField[];
  readonly options: Options;
}

/** `hidden`: no `options` key in the answer (the token lacks `read:connections_options`); `empty`: an empty object. */
export type Options =
  | { readonly visibility: 'hidden' | 'empty' }
  | {
      readonly visibility: 'visible';
      readonly rootAttributes: Setting;
      /** `enabledDatabaseCustomization` is true: users are in an external store that the customer's scripts access. */
      readonly customDatabase: boolean;
      /** `import_mode` is true: users are imported into Auth0's own store at their first login. */
      readonly importMode: boolean;
      /** `configuration` contains values. A read returns ciphertext, and writing it back would encrypt it again. */
      readonly encryptedConfiguration: boolean;
      /** `password_options` is set together with legacy password settings. Auth0 refuses a write that contains both. */
      readonly bothPasswordSchemes: boolean;
      /**
       * `attributes` is set with `validation` or `requires_username: true`. Auth0 refuses a write that contains both.
       */
      readonly attributesConflict: boolean;
      /** A value looks masked or redacted. Writing it back would replace the real value. */
      readonly maskedSecret: boolean;
      /** The setting is the only option: a write without the setting would send no option. */
      readonly isAlone: boolean;
      /** The options that Auth0 might fill in at the next write: names of a fixed list, never values. */
      readonly lacks: readonly FillKey[];
    };

/**
 * The raw value that an undo would restore: `null` if the key is absent; `undefined` if the value is not visible or is
 * undocumented, so that no run wrote it.
 */
export function currentValue({ options }: Connection): RootAttributes | null | undefined {
  if (options.visibility !== 'visible' || options.rootAttributes.kind === 'undocumented') return undefined;
  return options.rootAttributes.kind === 'absent' ? null : options.rootAttributes.value;
}
