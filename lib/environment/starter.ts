import type { Policy } from '../../lambda/policy/policy';
import type { Environment } from './environment';

/** The policy of a tenant without a written policy. */
export const STARTER_POLICY: Policy = {
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
};

type Choice = Pick<Environment, 'caps' | 'logRetentionDays' | 'rateReservePercent'> & { readonly cron: string };

const USUAL: Choice = {
  cron: '30 4 * * ? *',
  caps: { maxChanges: 20, maxPercent: 20 },
  logRetentionDays: 30,
  rateReservePercent: 20,
};

/** For the environment `prod`. */
const CAREFUL: Choice = {
  cron: '30 5 * * ? *',
  caps: { maxChanges: 10, maxPercent: 5 },
  logRetentionDays: 365,
  rateReservePercent: 50,
};

/** An environment that is not set up: the placeholder of a tenant, and the usual values for all other settings. */
export function starterEnvironment(name: string): Environment {
  const { cron, caps, logRetentionDays, rateReservePercent } = name === 'prod' ? CAREFUL : USUAL;
  return {
    name,
    domain: `your-tenant-${name}.invalid`,
    schedule: { cron, timeZone: 'Etc/UTC' },
    mode: 'report',
    caps,
    policy: STARTER_POLICY,
    recipients: [],
    logRetentionDays,
    rateReservePercent,
  };
}
