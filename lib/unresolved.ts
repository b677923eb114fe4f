import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pathOf } from '../lambda/policy/problem';
import { SettingsError } from '../lambda/settings';

/**
 * Refuses settings that hold a CDK token: it has its value at deploy time only, and settings are written into a file
 * and checked before that. Throws one `SettingsError` that names all of them.
 */
export function refuseTokens(settings: object): void {
  const paths = findTokens(settings, [], new Set());
  if (paths.length === 0) return;
  throw new SettingsError(
    'These settings hold a CDK token, whose value is not known before the deploy. Write the value itself:',
    paths.map((path) => pathOf(path, 'settings')),
  );
}

type Path = readonly PropertyKey[];

/** Where tokens stand: in texts, numbers, lists and keys, at any depth. An object that holds itself is seen once. */
function findTokens(value: unknown, path: Path, seen: Set<object>): Path[] {
  if (Token.isUnresolved(value)) return [path];
  if (typeof value !== 'object' || value === null || Construct.isConstruct(value) || seen.has(value)) return [];
  seen.add(value);
  if (Array.isArray(value)) return value.flatMap((element, index) => findTokens(element, [...path, index], seen));
  return Object.entries(value).flatMap(([key, member]) =>
    Token.isUnresolved(key) ? [path] : findTokens(member, [...path, key], seen),
  );
}
