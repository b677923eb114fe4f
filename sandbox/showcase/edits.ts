import type { Editor } from '../auth0/tenant-log';
import type { CUSTOMERS } from './customers';

/** An edit of the setting of a connection between two nights. */
export interface Edit {
  /** Hours before the last night. */
  readonly hoursBefore: number;
  readonly editor: Editor;
  readonly connection: (typeof CUSTOMERS)[number][1];
  /** `undefined`: the key was removed, so that the default of Auth0 applies. */
  readonly to: 'on_each_login' | 'on_first_login' | 'never_on_login' | undefined;
}

const MARIA: Editor = { kind: 'dashboard', email: 'maria.lopez@example.com', name: 'Maria Lopez' };
const JONAS: Editor = { kind: 'dashboard', email: 'jonas.weber@example.com', name: 'Jonas Weber' };
const PRIYA: Editor = { kind: 'dashboard', email: 'priya.nair@example.com', name: 'Priya Nair' };
const TERRAFORM: Editor = {
  kind: 'api',
  clientId: 'made-up-terraform-client',
  clientName: 'Terraform (tenant-config)',
};

/** The number of played nights, including the first and the last night. */
export const NIGHTS = 11;

/** The edits with their authors, the oldest first. The hours avoid the nights themselves: a night is a multiple of 24. */
export const EDITS: readonly Edit[] = [
  { hoursBefore: 207, editor: TERRAFORM, connection: 'castellane-saml', to: 'on_first_login' },
  { hoursBefore: 207, editor: TERRAFORM, connection: 'dunmore-saml', to: 'on_first_login' },
  { hoursBefore: 207, editor: TERRAFORM, connection: 'eastfield-saml', to: 'on_first_login' },
  { hoursBefore: 158, editor: PRIYA, connection: 'nordholm-entra', to: 'never_on_login' },
  { hoursBefore: 111, editor: JONAS, connection: 'tidewell-entra', to: 'on_first_login' },
  { hoursBefore: 62, editor: JONAS, connection: 'vantor-okta', to: 'on_first_login' },
  { hoursBefore: 39, editor: PRIYA, connection: 'mossgrove-workspace', to: 'on_first_login' },
  { hoursBefore: 19, editor: PRIYA, connection: 'alderton-saml', to: undefined },
  { hoursBefore: 17, editor: TERRAFORM, connection: 'briarwood-okta', to: 'never_on_login' },
  { hoursBefore: 14, editor: MARIA, connection: 'halden-okta', to: 'on_first_login' },
];
