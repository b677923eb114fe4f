import { UNSEEN } from '../../lambda/connection/escape-character';
import { quoteForShell, toWord } from '../../lambda/report/commands/command';
import type { CommandPlace } from '../../lambda/report/commands/place';
import type { Environment } from '../../lib/environment/environment';
import type { Asked } from '../command-options';
import type { DeployedStack } from './stack';

/** Where the commands that follow are to work: on what this one worked on. */
export function describePlace(
  { asked, environment }: { readonly asked: Asked; readonly environment: Environment },
  stack: DeployedStack | undefined,
): CommandPlace {
  const typed = [
    ['--domain', asked.domain],
    ['--canonical-domain', asked.canonicalDomain],
    ['--policy', asked.policyFile],
    ['--secret', asked.secretArn],
  ].flatMap(([option = '', value]) => (value === undefined ? [] : [{ option, value }]));
  // Nobody could type such a value again.
  const canBeTyped = [...typed.map(({ value }) => value), asked.history ?? ''].every((value) => !UNSEEN.test(value));
  const region = asked.region ?? stack?.region;
  return {
    environment: canBeTyped ? toWord(environment.name) : undefined,
    region: toWord(region),
    stack: toWord(asked.stackName),
    functionName: toWord(stack?.functionName),
    typed: typed.map(({ option, value }) => `${option} ${quoteForShell(value)}`),
    typedHistory: asked.history === undefined ? undefined : `--history ${quoteForShell(asked.history)}`,
  };
}
