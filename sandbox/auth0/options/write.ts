import type { JsonObject } from '../../json';
import type { Cipher } from './cipher';

export type PasswordScheme = 'passwordPolicy' | 'password_options';

/** One write of options: what was sent, and what stood there before (undefined for a new connection). */
export interface Write {
  readonly strategy: string;
  readonly sent: JsonObject;
  readonly stored: JsonObject | undefined;
  readonly cipher: Cipher;
  readonly passwordScheme: PasswordScheme;
}
