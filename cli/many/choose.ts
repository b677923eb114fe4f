import { isUnset, parseTenantAddress, type TenantAddress } from '../../lambda/tenant-address';
import { type EnvironmentFile, findEnvironment, nameOf, stemOf } from '../../lib/environment/environment-file';
import { fieldsOf } from '../../lib/environment/fields';
import { TargetError } from '../target-error';

/** An environment that is to be audited. Its file is not checked yet. */
export interface ChosenEnvironment {
  readonly name: string;
  readonly file: EnvironmentFile;
  /** The hosts of the tenant, from the file; `undefined` if the file does not state them in a readable form. */
  readonly hosts: { readonly tenant: string; readonly canonical: string; readonly isPlaceholder: boolean } | undefined;
}

/** The environments with these names, or all. Throws `TargetError` for unknown names before any audit starts. */
export function chooseEnvironments(
  { environments: names, all }: { readonly environments: readonly string[]; readonly all: boolean },
  files: readonly EnvironmentFile[],
): readonly ChosenEnvironment[] {
  if (all && files.length === 0) throw new TargetError(['--all: there is no file in environments/']);
  if (all) return files.map((file) => describe(nameOf(file), file));
  const problems: string[] = [];
  const chosen = names.flatMap((name) => {
    const file = files.find((one) => nameOf(one) === name) ?? files.find((one) => stemOf(one.file) === name);
    if (file === undefined) problems.push(explainUnknown(name, files));
    return file === undefined ? [] : [describe(name, file)];
  });
  if (problems.length > 0) throw new TargetError(problems);
  return chosen;
}

function explainUnknown(name: string, files: readonly EnvironmentFile[]): string {
  try {
    findEnvironment(files, name);
  } catch (error) {
    if (error instanceof Error) return `--environment: ${error.message}`;
  }
  return `--environment: unknown environment '${name}'`;
}

function describe(name: string, file: EnvironmentFile): ChosenEnvironment {
  const { domain, canonicalDomain } = fieldsOf(file.environment);
  const address = readAddress(domain);
  const own = canonicalDomain === undefined ? address : readAddress(canonicalDomain);
  const hosts = address &&
    own && { tenant: address.host, canonical: own.host, isPlaceholder: isUnset(address) || isUnset(own) };
  return { name, file, hosts };
}

function readAddress(domain: unknown): TenantAddress | undefined {
  const parsed = typeof domain === 'string' ? parseTenantAddress(domain) : undefined;
  return parsed?.ok === true ? parsed.address : undefined;
}
