import type { Environment } from '../../lib/environment/environment';
import { starterEnvironment } from '../../lib/environment/starter';
import { writeMember } from './literal';

/** The environment as a TypeScript file of this repository. */
export function writeTypeScript(environment: Environment): string {
  return [
    "import type { Environment } from '../lib/environment/environment';",
    '',
    `export const ${exportName(environment.name)}: Environment = {`,
    ...writeSettings(environment),
    '};',
    '',
  ].join('\n');
}

/** The environment as a JavaScript file of a project that has installed the package. */
export function writeJavaScript(environment: Environment): string {
  return [
    '// @ts-check',
    "import { defineEnvironment } from 'auth0-connection-auditor/environment';",
    '',
    `export const ${exportName(environment.name)} = defineEnvironment({`,
    ...writeSettings(environment),
    '});',
    '',
  ].join('\n');
}

/** The comments above settings. */
const COMMENTS: { readonly [Key in keyof Environment]?: string } = {
  mode: "'remediate' lets each run repair findings as the policy requires, within the caps.",
  recipients:
    "Addresses that receive alerts and alarms, such as 'identity-team@example.com'. Each recipient must confirm one time, by e-mail.",
};

const PLACEHOLDER = "Replace this with your tenant's domain. Until then, runs report SETUP NEEDED and send no request.";

function writeSettings(environment: Environment): string[] {
  const { name, domain, canonicalDomain, region, schedule, mode, caps, policy, recipients } = environment;
  const { logRetentionDays, rateReservePercent } = environment;
  const settings = {
    name,
    domain,
    canonicalDomain,
    region,
    schedule,
    mode,
    caps,
    policy: withoutSchema(policy),
    recipients,
    logRetentionDays,
    rateReservePercent,
  } satisfies Environment;
  const comments: Readonly<Record<string, string>> =
    domain === starterEnvironment(name).domain ? { ...COMMENTS, domain: PLACEHOLDER } : { ...COMMENTS };
  return Object.entries(settings).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const comment = comments[key];
    return [...(comment === undefined ? [] : [`  // ${comment}`]), `  ${writeMember(key, value, 2)},`];
  });
}

/** The `$schema` is an address relative to the original file. */
function withoutSchema({ $schema: _address, ...policy }: Environment['policy']): Environment['policy'] {
  return policy;
}

/**
 * Names that are not allowed for a constant of a module: reserved words (https://tc39.es/ecma262/#prod-ReservedWord,
 * strict mode included), variables of CommonJS modules, the imports of the file, and globals of JavaScript, which the
 * linter of this repository protects (https://biomejs.dev/linter/rules/no-shadow-restricted-names).
 */
const TAKEN = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof var void while with yield defineEnvironment exports module require ' +
    'undefined globalThis isFinite isNaN parseFloat parseInt decodeURI encodeURI escape unescape'
  ).split(' '),
);

/** The name of the environment as a JavaScript name. Any name works, because the file is found by its file name. */
function exportName(name: string): string {
  const inCamelCase = name.replaceAll(/-+(.?)/g, (_, letter: string) => letter.toUpperCase());
  // The global object also has the members of every object.
  return TAKEN.has(inCamelCase) || inCamelCase in Object.prototype ? 'environment' : inCamelCase;
}
