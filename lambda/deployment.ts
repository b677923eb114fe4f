import * as z from 'zod';
import { ONCE } from './connection/once';
import {
  DOCS_FOLDERS,
  type EnvVarName,
  LAUNCHER_NAMES,
  LAUNCHER_VARIABLE,
  type Launcher,
  POLICY_FILE,
  type Resources,
  SETTINGS_FILE,
  USUAL_LAUNCHER,
  type VisibleVariables,
} from './contract';
import { fingerprint } from './fingerprint';
import { parsePolicy } from './policy/parse';
import type { Policy } from './policy/policy';
import { show } from './policy/problem';
import { policySchema } from './policy/schema';
import { parseSettings, type Settings, SettingsError } from './settings';

/** What one deploy gives the function in addition to its code. */
export interface Deployment {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly policyFingerprint: string;
  readonly resources: Resources;
  /** How the commands in its messages start the command line. */
  readonly launcher: Launcher;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Every variable that the stack sets. */
export function variablesFor(
  settings: Settings,
  policy: Policy,
  resources: Resources,
  launcher: Launcher = USUAL_LAUNCHER,
): Record<EnvVarName, string> {
  const visible = visibleVariables(settings, fingerprint(asRead(policy)));
  return { ...visible, ...resources, [LAUNCHER_VARIABLE]: launcher };
}

/** The text of each file that the stack puts next to the code, by file name. */
export function filesOf(settings: Settings, policy: Policy): Readonly<Record<string, string>> {
  return { [POLICY_FILE]: JSON.stringify(asRead(policy)), [SETTINGS_FILE]: JSON.stringify(settings) };
}

/** The policy as the function will read it, so that stack and function compute the fingerprint of the same value. */
function asRead(policy: Policy): Policy {
  return policySchema.parse(policy);
}

/**
 * Reads what `variablesFor` and `filesOf` made. Throws one `SettingsError` that names every bad value of both files,
 * every bad variable and, if both files are valid, every variable that differs from them.
 */
export function readDeployment(variables: Variables, readFile: (name: string) => string): Deployment {
  const settings = parseSettings(readJson(SETTINGS_FILE, readFile), SETTINGS_FILE);
  const policy = parsePolicy(readJson(POLICY_FILE, readFile), POLICY_FILE);
  const resources = resourcesSchema.safeParse(variables, ONCE);
  const launcher = launcherSchema.safeParse(variables, ONCE);
  const policyFingerprint = policy.ok ? fingerprint(policy.policy) : '';
  const differences =
    settings.ok && policy.ok ? findDifferences(variables, visibleVariables(settings.settings, policyFingerprint)) : [];
  if (!settings.ok || !policy.ok || !resources.success || !launcher.success || differences.length > 0) {
    throw new SettingsError(describeWrong(launcher.data?.[LAUNCHER_VARIABLE]), [
      ...(settings.ok ? [] : settings.problems),
      ...(policy.ok ? [] : policy.problems),
      ...[resources, launcher].flatMap(
        ({ error }) => error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [],
      ),
      ...differences,
    ]);
  }
  return {
    settings: settings.settings,
    policy: policy.policy,
    policyFingerprint,
    resources: resources.data,
    launcher: launcher.data[LAUNCHER_VARIABLE],
  };
}

/** A file of the asset exists and is JSON. Otherwise the result is `undefined`, which its schema refuses. */
function readJson(name: string, readFile: (name: string) => string): unknown {
  try {
    return JSON.parse(readFile(name));
  } catch {
    return undefined;
  }
}

function describeWrong(launcher = USUAL_LAUNCHER): string {
  return `The function's variables and files do not match one deploy, so nothing was audited. Undo the change that was made outside a deploy; a deploy of the same template does not undo it (${DOCS_FOLDERS[launcher]}/runbook.md#undo-a-change-that-was-made-outside-a-deploy):`;
}

const resourcesSchema = z.object({
  SECRET_ARN: arnOf('secretsmanager'),
  ALERTS_TOPIC_ARN: arnOf('sns'),
  ALARMS_TOPIC_ARN: arnOf('sns'),
  FINDINGS_TOPIC_ARN: arnOf('sns'),
  HISTORY_BUCKET: variable(/^[a-z0-9][a-z0-9.-]{2,62}$/, 'the name of an S3 bucket'),
  KILL_SWITCH_PARAMETER: variable(/^\/[\w./-]+$/, 'the name of an SSM parameter'),
  STACK_NAME: variable(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'the name of a CloudFormation stack'),
}) satisfies z.ZodType<Resources>;

/** A function that an earlier version deployed has no such variable. */
const launcherSchema = z.object({
  [LAUNCHER_VARIABLE]: z
    .enum(LAUNCHER_NAMES, { error: `expected ${LAUNCHER_NAMES.join(' or ')}` })
    .default(USUAL_LAUNCHER),
});

function arnOf(service: string) {
  return variable(new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:\\d{12}:.+$`), `the ARN of ${service}`);
}

function variable(form: RegExp, what: string) {
  const error = ({ input }: { readonly input?: unknown }) => (input ? `expected ${what}` : 'missing');
  return z.string({ error }).regex(form, { error });
}

/** Whether the function writes, to which tenant, and within which limits: visible in `cdk diff`. */
function visibleVariables(settings: Settings, policyFingerprint: string): VisibleVariables {
  const { mode, domain, canonicalDomain, caps, quarantine } = settings;
  return {
    AUDIT_MODE: mode,
    AUTH0_DOMAIN: domain,
    AUTH0_CANONICAL_DOMAIN: canonicalDomain ?? '',
    MAX_CHANGES: String(caps?.maxChanges ?? ''),
    MAX_PERCENT: String(caps?.maxPercent ?? ''),
    QUARANTINE_REPAIRS: String(quarantine.repairs),
    QUARANTINE_DAYS: String(quarantine.days),
    POLICY_FINGERPRINT: policyFingerprint,
    SETTINGS_FINGERPRINT: fingerprint(settings),
  };
}

/**
 * An absent variable counts as empty. An absent mode is a difference, because a mode is never empty: then nothing is
 * written.
 */
function findDifferences(variables: Variables, expected: VisibleVariables): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => (variables[name] ?? '') !== value)
    .map(
      ([name, value]) => `${name}: the variable is ${show(variables[name] ?? '')}, the files contain ${show(value)}`,
    );
}
