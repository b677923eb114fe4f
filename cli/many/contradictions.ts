import type { AuditOptions } from '../audit/options';
import { planOutputs } from '../audit/outputs';
import { LOCAL } from '../deployed/history-place';
import { COMBINED_FORMATS, type Format } from '../formats/format-names';

/** Whether the options ask for several environments, whose results are shown in one report. */
export function isForSeveral({ all, environments }: Pick<AuditOptions, 'all' | 'environments'>): boolean {
  return all || environments.length > 1;
}

/** The problems of options that cannot be used with several environments; each names its option. */
export function findSeveralProblems(options: AuditOptions): readonly string[] {
  if (!isForSeveral(options)) return [];
  return Object.values<Check>(CHECKS).flatMap((check) => check(options) ?? []);
}

/** The problem of one option with several environments; `undefined` if the option applies to each environment. */
type Check = (options: AuditOptions) => string | undefined;

const ALLOWED: Check = () => undefined;

function ofOne(option: string, isGiven: (options: AuditOptions) => boolean): Check {
  return (options) => (isGiven(options) ? `${option}: cannot be used with several environments` : undefined);
}

function refuseFormat(option: string, format: Format): string | undefined {
  if (COMBINED_FORMATS.some((known) => known === format)) return undefined;
  return `${option}: the formats for several environments are ${COMBINED_FORMATS.join(', ')}, not ${format}`;
}

/** An option without a row does not compile, so every new option needs a decision. */
const CHECKS = {
  environments: ({ environments, all }) => {
    if (all && environments.length > 0) return '--all: includes every environment; omit --environment';
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
  // The JSON and the report of each environment contain the findings.
  severity: ofOne('--severity', ({ severity }) => severity !== undefined),
  strategies: ofOne('--strategy', ({ strategies }) => strategies.length > 0),
  only: ofOne('--only', ({ only }) => only.length > 0),
  quiet: ALLOWED,
  // An operator must read each plan before its writes begin.
  mode: ({ mode }) => (mode === 'report' ? undefined : `--mode ${mode}: repair one environment at a time`),
  yes: ofOne('--yes', ({ yes }) => yes),
  firstRun: ofOne('--first-run', ({ firstRun }) => firstRun),
  retry: ofOne('--retry', ({ retry }) => retry.length > 0),
  maxChanges: ofOne('--max-changes', ({ maxChanges }) => maxChanges !== undefined),
  maxPercent: ofOne('--max-percent', ({ maxPercent }) => maxPercent !== undefined),
  history: ({ history }) =>
    history === undefined || history === LOCAL
      ? undefined
      : `--history: with several environments, expected ${LOCAL} or no --history (for the history of each environment)`,
} as const satisfies Readonly<Record<keyof AuditOptions, Check>>;
