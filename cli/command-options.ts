import { SETTING_RANGES } from '../lambda/setting-ranges';
import { oneOf, text, texts, toggle, type ValuesOf, wholeNumber } from './option';

/** The options that more than one command takes. */
export const POLICY = text({
  name: 'policy',
  placeholder: 'FILE',
  help: "policy file (JSON) instead of the environment's policy",
});

export const HISTORY = text({
  name: 'history',
  placeholder: 'PLACE',
  help: 'run history in place of that of the environment: s3://BUCKET/PREFIX, a folder, or local (a folder in $XDG_STATE_HOME or ~/.local/state)',
});

export const OUTPUT = text({
  name: 'output',
  placeholder: 'FILE',
  help: 'file for the result (default: the terminal)',
});

/** For a command whose result is no report. */
export const TEXT_OR_JSON = oneOf(['text', 'json'], {
  name: 'format',
  placeholder: 'FORMAT',
  help: 'form of the result',
});

export const YES = toggle({ name: 'yes', help: 'writes without asking first' });

export const REASON = text({
  name: 'reason',
  placeholder: 'TEXT',
  help: 'why, for the record and the next alert',
});

/** The environment where none is named; where there is no such one, the only one there is. */
export const DEFAULT_ENVIRONMENT = 'dev';
const DEFAULT_WORDS = `default: ${DEFAULT_ENVIRONMENT}, or the only one there is`;
const ENVIRONMENT = { name: 'environment', placeholder: 'NAME', help: 'environment in environments/, by its name' };

/** For a command that reads several tenants. */
export const SEVERAL_OPTIONS = {
  environments: texts({
    ...ENVIRONMENT,
    help: `${ENVIRONMENT.help}; given several times, all of these side by side (${DEFAULT_WORDS})`,
  }),
  all: toggle({ name: 'all', help: 'every environment in environments/, side by side' }),
} as const;

/** What may replace a part of one environment. */
export const TENANT_OPTIONS = {
  domain: text({
    name: 'domain',
    placeholder: 'DOMAIN',
    help: 'another tenant, host or host:port; https (plain http only for this machine); default: AUTH0_DOMAIN, where no environment is named',
  }),
  canonicalDomain: text({
    name: 'canonical-domain',
    placeholder: 'DOMAIN',
    help: "the tenant's own domain, where --domain or the environment's domain is a custom one",
  }),
  policyFile: POLICY,
  secretArn: text({
    name: 'secret',
    placeholder: 'ARN',
    help: "Secrets Manager secret with the credentials (default: AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY, else the environment's secret)",
  }),
  region: text({
    name: 'region',
    placeholder: 'REGION',
    help: "AWS region of the environment's stack (default: the environment's)",
  }),
  stackName: text({
    name: 'stack',
    placeholder: 'STACK',
    help: "the environment's stack (default: ConnectionAuditor-NAME)",
  }),
  reservePercent: wholeNumber(SETTING_RANGES.rateReservePercent, {
    name: 'rate-reserve',
    placeholder: 'P',
    help: "percent of the rate limit left to others (default: the environment's)",
  }),
} as const;

/** For each command that reads one tenant. */
export const TARGET_OPTIONS = {
  environment: text({ ...ENVIRONMENT, help: `${ENVIRONMENT.help} (${DEFAULT_WORDS})` }),
  ...TENANT_OPTIONS,
} as const;

/** Which tenant and which policy: an environment's, or parts of it replaced. */
export type Target = ValuesOf<typeof TARGET_OPTIONS>;
/** The same with `--history`, where the command takes it. */
export type Asked = Target & { readonly history?: string | undefined };
