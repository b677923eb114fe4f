/** The difference of a customer's connection from most connections. */
export interface Given {
  /** The value of the setting; undefined for the default of Auth0. */
  readonly is?: string;
  readonly metadata?: { readonly [key: string]: string };
}

export type Customer = readonly [strategy: string, name: string, company: string, given?: Given];

/** SCIM creates the accounts, so that a login must not create one. */
const SCIM: Given = { is: 'never_on_login', metadata: { provisioning: 'scim' } };
/** The contract requires a notice before a login changes. */
const NOTICE: Given = { metadata: { change_notice: 'true' } };

/** The customers with their identity providers: strategy, connection, name of the company. */
export const CUSTOMERS = [
  ['okta', 'halden-okta', 'Halden Logistics'],
  ['okta', 'marlowe-okta', 'Marlowe & Finch'],
  ['okta', 'briarwood-okta', 'Briarwood Bank', NOTICE],
  ['okta', 'kestrel-okta', 'Kestrel Airways'],
  ['okta', 'larkspur-okta', 'Larkspur Health', SCIM],
  ['okta', 'copperline-okta', 'Copperline Rail'],
  ['okta', 'vantor-okta', 'Vantor Robotics'],
  ['waad', 'nordholm-entra', 'Nordholm Shipping', NOTICE],
  ['waad', 'tidewell-entra', 'Tidewell Insurance'],
  ['waad', 'brambridge-entra', 'Brambridge Council'],
  ['waad', 'oakmere-entra', 'Oakmere University'],
  ['waad', 'silverbeck-entra', 'Silverbeck Hotels', SCIM],
  ['waad', 'quillane-entra', 'Quillane Software'],
  ['waad', 'ostrava-steel-entra', 'Ostrava Steelworks'],
  ['waad', 'penhallow-entra', 'Penhallow Legal'],
  ['waad', 'rivermead-entra', 'Rivermead Foods'],
  ['samlp', 'alderton-saml', 'Alderton Mutual', { ...NOTICE, is: 'on_first_login' }],
  ['samlp', 'bellweather-saml', 'Bellweather Media'],
  ['samlp', 'castellane-saml', 'Castellane Pharma'],
  ['samlp', 'dunmore-saml', 'Dunmore Energy'],
  ['samlp', 'eastfield-saml', 'Eastfield Schools'],
  ['samlp', 'ferrule-saml', 'Ferrule Instruments'],
  ['samlp', 'greyfriars-saml', 'Greyfriars Hospital'],
  ['samlp', 'holloway-saml', 'Holloway Construction'],
  ['adfs', 'ivory-coast-tea-adfs', 'Ivory Coast Tea'],
  // Its users move to another directory: exempt until then.
  ['adfs', 'juniper-falls-adfs', 'Juniper Falls Paper', { is: 'on_first_login' }],
  ['adfs', 'kingsmoor-adfs', 'Kingsmoor Water'],
  ['google-apps', 'lanternfish-workspace', 'Lanternfish Games'],
  ['google-apps', 'mossgrove-workspace', 'Mossgrove Organics'],
  ['google-apps', 'novastrand-workspace', 'Novastrand'],
  ['google-apps', 'opaline-workspace', 'Opaline Studios', { is: 'on_first_login' }],
  ['oidc', 'pallister-oidc', 'Pallister Group'],
  ['oidc', 'redcairn-oidc', 'Redcairn Security', { is: 'on_first_login' }],
  ['oidc', 'saltmarsh-oidc', 'Saltmarsh Ferries'],
  ['pingfederate', 'thornbury-ping', 'Thornbury Capital'],
  ['pingfederate', 'umberfield-ping', 'Umberfield Motors'],
  ['ad', 'waverley-ad', 'Waverley Clinics'],
] as const satisfies readonly Customer[];
