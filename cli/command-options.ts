import { settingsShape } from '../lambda/settings';
import { text, textOr, toggle, type ValuesOf, wholeNumber } from './option';

/** The options that more than one command takes. */
export const POLICY = text({
  name: 'policy',
  placeholder: 'FILE',
  help: "policy file (JSON) instead of the environment's policy",
});

export const HISTORY = text({
  name: 'history',
  placeholder: 'PLACE',
  help: 'run history, a folder or s3://BUCKET/PREFIX (default: a folder in $XDG_STATE_HOME or ~/.local/state)',
});

export const OUTPUT = text({
  name: 'output',
  placeholder: 'FILE',
  help: 'file for the result (default: the terminal)',
});

export const YES = toggle({ name: 'yes', help: 'writes without asking first' });

export const REASON = text({
  name: 'reason',
  placeholder: 'TEXT',
  help: 'why, for the record and the next alert',
});

/** For each command that reads a tenant. */
export const TARGET_OPTIONS = {
  environment: textOr('dev', {
    name: 'environment',
    placeholder: 'NAME',
    help: 'environment in environments/NAME.ts',
  }),
  domain: text({
    name: 'domain',
    placeholder: 'DOMAIN',
    help: 'another tenant, host or host:port; https (plain http only for this machine)',
  }),
  canonicalDomain: text({
    name: 'canonical-domain',
    placeholder: 'DOMAIN',
    help: "the tenant's own domain, where --domain or the environment's domain is a custom one",
  }),
  policyFile: POLICY,
  /** A Secrets Manager secret that holds the credentials, instead of the environment variables. */
  secretArn: text({
    name: 'secret',
    placeholder: 'ARN',
    help: 'Secrets Manager secret with the credentials, instead of AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY',
  }),
  reservePercent: wholeNumber(settingsShape.rateReservePercent, {
    name: 'rate-reserve',
    placeholder: 'P',
    help: "percent of the rate limit left to others (default: the environment's)",
  }),
} as const;

/** Which tenant and which policy: an environment's, or parts of it replaced. */
export type Target = ValuesOf<typeof TARGET_OPTIONS>;
