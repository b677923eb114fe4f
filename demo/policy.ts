import type { Policy } from '../lambda/policy/policy';

const DAY_MS = 86_400_000;

/** The policy of the emulated tenant `showcase`. `lastNight` is in milliseconds since the epoch; an exemption ends soon after `lastNight`. */
export function policyAt(lastNight: number): Policy {
  return {
    rules: [
      {
        id: 'users-keep-their-edits',
        match: { group: 'database' },
        expect: 'on_first_login',
        reason: 'Users edit name and picture in our account page; the external store must not overwrite them.',
      },
      {
        id: 'accounts-come-from-scim',
        match: { metadata: { provisioning: 'scim' } },
        expect: 'never_on_login',
        remediate: false,
        reason: 'SCIM creates and updates these users; a login must not.',
      },
      {
        id: 'announce-changes-first',
        match: { metadata: { change_notice: 'true' } },
        expect: 'on_each_login',
        remediate: false,
        reason: 'The contract promises notice before a login changes: agree on a time with the customer.',
      },
      {
        id: 'identity-provider-decides',
        match: { group: ['enterprise', 'social', 'passwordless'] },
        expect: 'on_each_login',
        reason: 'The identity provider is the source of truth for names and pictures.',
      },
    ],
    default: { expect: 'on_each_login' },
    exemptions: [
      {
        name: 'juniper-falls-adfs',
        reason: 'Juniper Falls moves to another directory; names stay as they are until then.',
        owner: 'Customer Success',
        ticket: 'IAM-1482',
        expires: new Date(lastNight + 5 * DAY_MS).toISOString().slice(0, 10),
      },
    ],
  };
}
