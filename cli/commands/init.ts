import { defineCommand } from '../command';
import { POLICY } from '../command-options';
import { text, toggle, type ValuesOf } from '../option';

const OPTIONS = {
  environment: text({ name: 'environment', placeholder: 'NAME', help: 'name of the new environment (default: dev)' }),
  domain: text({ name: 'domain', placeholder: 'DOMAIN', help: "the tenant's domain, or its custom domain" }),
  canonicalDomain: text({
    name: 'canonical-domain',
    placeholder: 'DOMAIN',
    help: "the tenant's own domain, if --domain does not end in auth0.com",
  }),
  recipients: text({
    name: 'recipients',
    placeholder: 'ADDRESSES',
    help: 'e-mail addresses of the alerts, separated by commas (default: none)',
  }),
  schedule: text({
    name: 'schedule',
    placeholder: 'WHEN',
    help: 'start of the nightly run: a time of day, or six AWS cron fields in quotes (default: 04:30)',
  }),
  timeZone: text({
    name: 'time-zone',
    placeholder: 'ZONE',
    help: 'time zone of the schedule, such as Europe/Berlin (default: Etc/UTC)',
  }),
  region: text({
    name: 'region',
    placeholder: 'REGION',
    help: 'AWS region to deploy to (default: AWS_REGION, otherwise the region of the AWS credentials)',
  }),
  policyFile: { ...POLICY, help: 'policy file (JSON) to use, for example the output of baseline' },
  yes: toggle({ name: 'yes', help: 'asks no questions; options that are not given get their default' }),
} as const;
export type InitOptions = ValuesOf<typeof OPTIONS>;

export const initCommand = defineCommand({
  name: 'init',
  summary: 'Asks for a tenant and writes its environment, ready to check and deploy',
  options: OPTIONS,
  example: 'init --domain acme.eu.auth0.com --recipients identity@acme.io',
  exitCodes: {
    0: 'files written',
    1: 'interrupted; nothing was written',
    2: 'not all files written, a check of the result failed, or wrong usage',
  },
});
