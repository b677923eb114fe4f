import type { Environment } from '../lib/environment/environment';

export const prod: Environment = {
  name: 'prod',
  // Replace this with your tenant's domain. Until then, runs report SETUP NEEDED and send no request.
  domain: 'your-tenant-prod.invalid',
  schedule: { cron: '30 5 * * ? *', timeZone: 'Etc/UTC' },
  // 'remediate' lets each run repair findings as the policy requires, within the caps.
  mode: 'report',
  caps: { maxChanges: 10, maxPercent: 5 },
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
  logRetentionDays: 365,
  rateReservePercent: 50,
};
