import type { Environment } from '../../../lib/environment/environment';

/** An environment with nothing optional, named and addressed so that tests can recognise both. */
export const sampleEnvironment: Environment = {
  name: 'sample',
  domain: 'sample.eu.auth0.com',
  schedule: { cron: '30 4 * * ? *', timeZone: 'Europe/Berlin' },
  mode: 'report',
  policy: { default: { expect: 'on_each_login' } },
  recipients: ['identity-team@x.org'],
  logRetentionDays: 30,
};
