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
  help: "run history instead of the environment's: s3://BUCKET/PREFIX, a folder, or local (a folder in $XDG_STATE_HOME or ~/.local/state)",
});

export const OUTPUT = text({
  name: 'output',
  placeholder: 'FILE',
  help: 'file for the result (default: the terminal)',
});

/** For a command whose result is not a report. */
export const TEXT_OR_JSON = oneOf(['text', 'json'], {
  name: 'format',
  placeholder: 'FORMAT',
  help: 'format of the result',
});

export const YES = toggle({ name: 'yes', help: 'writes without asking first' });

export const REASON = text({
  name: 'reason',
  placeholder: 'TEXT',
  help: 'reason for the change, shown in the record and the next alert',
});

/** The environment if none is named. If it does not exist, the only environment that exists is used. */
export const DEFAULT_ENVIRONMENT = 'dev';
const DEFAULT_WORDS = `default: ${DEFAULT_ENVIRONMENT}, or the only environment`;
const ENVIRONMENT = { name: 'environment', placeholder: 'NAME', help: 'name of an environment in environments/' };

/** For a command that reads several tenants. */
export const SEVERAL_OPTIONS = {
  environments: texts({
    ...ENVIRONMENT,
    help: `${ENVIRONMENT.help}; repeat it to audit several in parallel (${DEFAULT_WORDS})`,
  }),
  all: toggle({ name: 'all', help: 'audits every environment in environments/, in parallel' }),
} as const;

/** Options that replace a part of one environment. */
export const TENANT_OPTIONS = {
  domain: text({
    name: 'domain',
    placeholder: 'DOMAIN',
    help: 'domain of a tenant: HOST or HOST:PORT, without an environment; https (plain http only for this machine); default: AUTH0_DOMAIN, if no environment is named',
  }),
  canonicalDomain: text({
    name: 'canonical-domain',
    placeholder: 'DOMAIN',
    help: "the tenant's own domain, if --domain or the environment's domain is a custom domain",
  }),
  policyFile: POLICY,
  secretArn: text({
    name: 'secret',
    placeholder: 'ARN',
    help: "Secrets Manager secret with the credentials (default: AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY, otherwise the environment's secret)",
  }),
  region: text({
    name: 'region',
    placeholder: 'REGION',
    help: "AWS region of the environment's stack (default: the environment's)",
  }),
  stackName: text({
    name: 'stack',
    placeholder: 'STACK',
    help: "name of the environment's stack (default: ConnectionAuditor-NAME)",
  }),
  reservePercent: wholeNumber(SETTING_RANGES.rateReservePercent, {
    name: 'rate-reserve',
    placeholder: 'P',
    help: "percent of the rate limit to leave to other clients (default: the environment's)",
  }),
} as const;

/** For each command that reads one tenant. */
export const TARGET_OPTIONS = {
  environment: text({ ...ENVIRONMENT, help: `${ENVIRONMENT.help} (${DEFAULT_WORDS})` }),
  ...TENANT_OPTIONS,
} as const;

/** The tenant and the policy: those of an environment, or parts of them replaced. */
export type Target = ValuesOf<typeof TARGET_OPTIONS>;
/** The same with `--history`, if the command takes it. */
export type Asked = Target & { readonly history?: string | undefined };
