import { readFileSync } from 'node:fs';
import { parsePolicy } from '../lambda/policy/parse';
import type { Policy } from '../lambda/policy/policy';
import { SettingsError } from '../lambda/settings';
import { isUnset, parseTenantAddress, type TenantAddress } from '../lambda/tenant-address';
import type { Environment } from '../lib/environment/environment';
import type { EnvironmentFile } from '../lib/environment/environment-file';
import { checkEnvironment } from '../lib/environment/with-defaults';

// Each function reads one part of the target. It adds its problems to the list, so that all are reported together.

/** The environment of a file, checked. */
export function readEnvironment({ file, environment }: EnvironmentFile, problems: string[]): Environment | undefined {
  try {
    return checkEnvironment(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    problems.push(...error.problems.map((problem) => `${file}: ${problem}`));
    return undefined;
  }
}

/** The sources of a domain in addition to the environment. */
export type DomainSource = '--domain' | 'AUTH0_DOMAIN' | '--canonical-domain';

/** Where a domain can be set permanently. */
interface Settable {
  readonly file: string;
  /** The command that asks for it and writes the file. */
  readonly init: string;
}

/** Reads a domain. The environment's own domains are always readable here, because its settings were checked before. */
export function readAddress(
  given: DomainSource,
  domain: string,
  settable: Settable | undefined,
  problems: string[],
): TenantAddress | undefined {
  const parsed = parseTenantAddress(domain);
  if (!parsed.ok) {
    problems.push(`${given}: ${parsed.problem}`);
    return undefined;
  }
  if (isUnset(parsed.address)) {
    const isOwn = given === '--canonical-domain';
    const setting = isOwn ? 'canonicalDomain' : 'domain';
    const option = isOwn ? given : '--domain';
    const inFile = settable === undefined ? '' : `run ${settable.init}, set ${setting} in ${settable.file}, or `;
    problems.push(`${setting}: '${domain}' is a placeholder; ${inFile}give ${option} your-tenant.eu.auth0.com`);
  }
  return parsed.address;
}

/** Reads the policy of a JSON file. */
export function readPolicy(file: string, problems: string[]): Policy | undefined {
  const text = attempt(() => readFileSync(file, 'utf8'), `--policy ${file}`, problems);
  const value = text === undefined ? undefined : attempt((): unknown => JSON.parse(text), `--policy ${file}`, problems);
  if (value === undefined) return undefined;
  const parsed = parsePolicy(value);
  if (parsed.ok) return parsed.policy;
  problems.push(...parsed.problems.map((problem) => `${file}: ${problem}`));
  return undefined;
}

/** Returns what `read` returns. If `read` throws, adds a problem about `what` and returns `undefined`. */
export function attempt<T>(read: () => T, what: string | undefined, problems: string[]): T | undefined {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(what === undefined ? reason : `${what}: ${reason}`);
    return undefined;
  }
}
