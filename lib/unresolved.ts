import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pathOf } from '../lambda/policy/problem';
import { SettingsError } from '../lambda/settings';

/**
 * Refuses settings that contain a CDK token. A token has its value only at deploy time, but settings are checked and written
 * into a file before. Throws one `SettingsError` that lists all such settings.
 */
export function refuseTokens(settings: object): void {
  const paths = findTokens(settings, [], new Set());
  if (paths.length === 0) return;
  throw new SettingsError(
    'These settings contain a CDK token. The value of a token is not known before the deployment. Write the value itself:',
    paths.map((path) => pathOf(path, 'settings')),
  );
}

type Path = readonly PropertyKey[];

/** Finds tokens in strings, numbers, lists and keys, at any depth. An object that contains itself is visited one time. */
function findTokens(value: unknown, path: Path, seen: Set<object>): Path[] {
  if (Token.isUnresolved(value)) return [path];
  if (typeof value !== 'object' || value === null || Construct.isConstruct(value) || seen.has(value)) return [];
  seen.add(value);
  if (Array.isArray(value)) return value.flatMap((element, index) => findTokens(element, [...path, index], seen));
  return Object.entries(value).flatMap(([key, member]) =>
    Token.isUnresolved(key) ? [path] : findTokens(member, [...path, key], seen),
  );
}
