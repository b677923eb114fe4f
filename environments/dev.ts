import type { Environment } from '../lib/environment/environment';

export const dev: Environment = {
  name: 'dev',
  // Replace this with your tenant's domain. Until then, runs report SETUP NEEDED and send no request.
  domain: 'your-tenant-dev.invalid',
  schedule: { cron: '30 4 * * ? *', timeZone: 'Etc/UTC' },
  // 'remediate' lets each run repair findings as the policy requires, within the caps.
  mode: 'report',
  caps: { maxChanges: 20, maxPercent: 20 },
  policy: {
    rules: [
      {
        id: 'database-users-keep-their-edits',
        match: { strategy: 'auth0' },
        expect: 'on_first_login',
        reason: 'Users edit name, nickname and picture in our app; the external store must not overwrite them.',
      },
    ],
    default: {
      expect: 'on_each_login',
      reason: 'The identity provider is the source of truth for name, nickname, given and family name, and picture.',
    },
  },
  // Addresses that receive alerts and alarms, such as 'identity-team@example.com'. Each recipient must confirm one time, by e-mail.
  recipients: [],
  logRetentionDays: 30,
  rateReservePercent: 20,
};
