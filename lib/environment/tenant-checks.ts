import { isDeepStrictEqual } from 'node:util';
import { type Problem, show } from '../../lambda/policy/problem';
import { parseTenantAddress } from '../../lambda/tenant-address';
import type { EnvironmentFile } from './environment-file';
import { fieldsOf } from './fields';
import { environmentProblem } from './problem';

/** The contradictions between one environment and the earlier environments. */
export function checkAgainst(earlier: readonly EnvironmentFile[], { environment }: EnvironmentFile): Problem[] {
  return earlier.flatMap((other) => [
    ...checkName(other, environment),
    ...checkTenant(other, environment),
    ...checkSecret(other, environment),
  ]);
}

/** Secrets that environments of two tenants share: the credentials of one tenant would be sent to the other tenant. */
export function checkSecrets(files: readonly EnvironmentFile[]): Problem[] {
  return files.flatMap(({ environment }, index) =>
    files.slice(0, index).flatMap((other) => checkSecret(other, environment)),
  );
}

function checkSecret(other: EnvironmentFile, environment: unknown): Problem[] {
  const [theirs, ours] = [fieldsOf(other.environment), fieldsOf(environment)];
  const { existingSecretArn: secret } = ours;
  const isOfOneTenant = domainsOf(ours).some((domain) => domainsOf(theirs).includes(domain));
  if (secret === undefined || secret !== theirs.existingSecretArn || isOfOneTenant) return [];
  const message = `is also the secret of ${other.file}, which has another tenant; the credentials of one tenant would be sent to the other tenant`;
  const allowed = 'a separate secret for each tenant';
  return [environmentProblem('SECRET_OF_TWO_TENANTS', 'existingSecretArn', { message, found: show(secret), allowed })];
}

function checkName(other: EnvironmentFile, environment: unknown): Problem[] {
  const { name } = fieldsOf(environment);
  if (typeof name !== 'string' || name !== fieldsOf(other.environment).name) return [];
  const words = { message: 'is also the name of another environment', found: show(name), allowed: 'a unique name' };
  return [environmentProblem('DUPLICATE_NAME', 'name', words)];
}

function checkTenant(other: EnvironmentFile, environment: unknown): Problem[] {
  const [theirs, ours] = [fieldsOf(other.environment), fieldsOf(environment)];
  const shared = domainsOf(ours).find((domain) => domainsOf(theirs).includes(domain));
  if (shared === undefined) return [];
  const found = `${shared}, which is also the tenant of ${other.file}`;
  const problems: Problem[] = [];
  if (ours.mode === 'remediate' && theirs.mode === 'remediate') {
    const message = 'two environments repair the same tenant';
    problems.push(
      environmentProblem('TENANT_REMEDIATED_TWICE', 'mode', {
        message,
        found,
        allowed: 'remediate mode in only one of the two environments',
      }),
    );
  }
  if (!isDeepStrictEqual(expectationsOf(ours.policy), expectationsOf(theirs.policy))) {
    const message = 'two environments expect different values of the same tenant';
    const allowed = 'the same rules and default in both, for example from one file that both import';
    problems.push(environmentProblem('EXPECTATIONS_DIFFER', 'policy', { message, found, allowed }));
  }
  return problems;
}

/** The hosts of a tenant. */
function domainsOf({ domain, canonicalDomain }: Readonly<Record<string, unknown>>): string[] {
  return [domain, canonicalDomain].flatMap((text) => {
    const parsed = typeof text === 'string' ? parseTenantAddress(text) : undefined;
    return parsed?.ok === true ? [parsed.address.host] : [];
  });
}

/** The parts of a policy that decide the expected values. Reasons, severities and exemptions can differ: they change no value. */
function expectationsOf(policy: unknown): unknown {
  const { rules, default: standard } = fieldsOf(policy);
  return [...(Array.isArray(rules) ? rules : []), standard].map((rule: unknown) => {
    const { match, expect, repairTo, mustBeExplicit } = fieldsOf(rule);
    return { match, expect: [expect].flat().sort(), repairTo, mustBeExplicit };
  });
}
