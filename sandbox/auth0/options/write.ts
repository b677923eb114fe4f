import type { JsonObject } from '../../json';
import type { TenantKind } from '../tenant-kind';
import type { Cipher } from './cipher';

/** One write of options: the sent options and the stored options (undefined for a new connection). */
export interface Write {
  readonly strategy: string;
  readonly sent: JsonObject;
  readonly stored: JsonObject | undefined;
  readonly cipher: Cipher;
  readonly kind: TenantKind;
}
