import { LAUNCHERS, type Launcher } from '../../lambda/report/commands/place';
import type { Environment } from '../../lib/environment/environment';
import type { EnvironmentFile } from '../../lib/environment/environment-file';

const environment: Environment = {
  name: 'local',
  domain: 'your-tenant.invalid',
  schedule: { cron: '30 4 * * ? *', timeZone: 'Etc/UTC' },
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
  recipients: [],
  logRetentionDays: 30,
  rateReservePercent: 20,
};

/** What a person looks at a tenant with before there is a file of an environment. It names no tenant of its own. */
export const STARTER: EnvironmentFile = { file: 'the built-in environment', environment };

/** What a person has to know who did not choose its policy. */
export function describeStarter(launcher: Launcher): string {
  return `There is no environment in environments/ here. The built-in policy is used: on_first_login for database connections, on_each_login for all others. To write an environment of your own: ${LAUNCHERS[launcher]} init`;
}
