import type { Environment } from '../../../lib/environment/environment';

/** An environment without optional settings. Tests recognise its name and its domain. */
export const sampleEnvironment: Environment = {
  name: 'sample',
  domain: 'sample.eu.auth0.com',
  schedule: { cron: '30 4 * * ? *', timeZone: 'Europe/Berlin' },
  mode: 'report',
  policy: { default: { expect: 'on_each_login' } },
  recipients: ['identity-team@x.org'],
  logRetentionDays: 30,
};
