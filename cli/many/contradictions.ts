import type { AuditOptions } from '../audit/options';
import { planOutputs } from '../audit/outputs';
import { LOCAL } from '../deployed/history-place';
import { COMBINED_FORMATS, type Format } from '../formats/format-names';

/** Whether several environments are asked for, whose results are shown as one. */
export function isForSeveral({ all, environments }: Pick<AuditOptions, 'all' | 'environments'>): boolean {
  return all || environments.length > 1;
}

/** What several environments cannot be audited with, each option by its name. */
export function findSeveralProblems(options: AuditOptions): readonly string[] {
  if (!isForSeveral(options)) return [];
  return Object.values<Check>(CHECKS).flatMap((check) => check(options) ?? []);
}

/** What is wrong with one option where several environments are asked for; `undefined` where it holds for each of them. */
type Check = (options: AuditOptions) => string | undefined;

const ALLOWED: Check = () => undefined;

function ofOne(option: string, isGiven: (options: AuditOptions) => boolean): Check {
  return (options) => (isGiven(options) ? `${option}: not used with several environments` : undefined);
}

function refuseFormat(option: string, format: Format): string | undefined {
  if (COMBINED_FORMATS.some((known) => known === format)) return undefined;
  return `${option}: several environments are written as ${COMBINED_FORMATS.join(', ')}, not as ${format}`;
}

/** An option without a row does not compile: somebody has to decide. */
const CHECKS = {
  environments: ({ environments, all }) => {
    if (all && environments.length > 0) return '--all: includes every environment; leave out --environment';
    const twice = environments.find((name, index) => environments.indexOf(name) !== index);
    return twice === undefined ? undefined : `--environment: '${twice}' is given twice`;
  },
  all: ALLOWED,
  domain: ofOne('--domain', ({ domain }) => domain !== undefined),
  canonicalDomain: ofOne('--canonical-domain', ({ canonicalDomain }) => canonicalDomain !== undefined),
  policyFile: ofOne('--policy', ({ policyFile }) => policyFile !== undefined),
  secretArn: ofOne('--secret', ({ secretArn }) => secretArn !== undefined),
  region: ofOne('--region', ({ region }) => region !== undefined),
  stackName: ofOne('--stack', ({ stackName }) => stackName !== undefined),
  reservePercent: ALLOWED,
  format: ({ format }) => (format === undefined ? undefined : refuseFormat('--format', format)),
  outputs: (options) => {
    if (options.format !== undefined) return undefined;
    const refused = planOutputs(options).files.map(({ file, format }) => refuseFormat(`--output ${file}`, format));
    return refused.find((problem) => problem !== undefined);
  },
  // Their findings are in the JSON and in each one's own report.
  severity: ofOne('--severity', ({ severity }) => severity !== undefined),
  strategies: ofOne('--strategy', ({ strategies }) => strategies.length > 0),
  only: ofOne('--only', ({ only }) => only.length > 0),
  quiet: ALLOWED,
  // A person looks at each plan before it is carried out.
  mode: ({ mode }) => (mode === 'report' ? undefined : `--mode ${mode}: repair one environment at a time`),
  yes: ofOne('--yes', ({ yes }) => yes),
  firstRun: ofOne('--first-run', ({ firstRun }) => firstRun),
  retry: ofOne('--retry', ({ retry }) => retry.length > 0),
  maxChanges: ofOne('--max-changes', ({ maxChanges }) => maxChanges !== undefined),
  maxPercent: ofOne('--max-percent', ({ maxPercent }) => maxPercent !== undefined),
  history: ({ history }) =>
    history === undefined || history === LOCAL
      ? undefined
      : `--history: with several environments expected ${LOCAL}, or none for the history of each`,
} as const satisfies Readonly<Record<keyof AuditOptions, Check>>;
