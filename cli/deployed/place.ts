import { UNSEEN } from '../../lambda/connection/escape-character';
import { quoteForShell, toWord } from '../../lambda/report/commands/command';
import type { CommandPlace, Launcher } from '../../lambda/report/commands/place';
import type { Environment } from '../../lib/environment/environment';
import type { AwsConfig } from '../access/aws-config';
import type { Asked } from '../command-options';
import type { DeployedStack } from './stack';

interface Known {
  readonly launcher: Launcher;
  readonly asked: Asked;
  /** The domain that replaces the environment's, if one was given. */
  readonly domain: string | undefined;
  readonly environment: Environment;
  readonly aws: AwsConfig;
}

interface Reached {
  readonly isOfEnvironment: boolean;
  readonly stack: DeployedStack | undefined;
}

/** The target of the printed commands: the same as that of this command. */
export function describePlace(
  { launcher, asked, domain, environment, aws }: Known,
  { isOfEnvironment, stack }: Reached,
): CommandPlace {
  const { history } = asked;
  const typed = [
    ['--domain', domain],
    ['--canonical-domain', asked.canonicalDomain],
    ['--policy', asked.policyFile],
    ['--secret', asked.secretArn],
  ].flatMap(([option = '', value]) => (value === undefined ? [] : [{ option, value }]));
  // A value with characters that are not visible cannot be typed again.
  const canBeTyped = [...typed.map(({ value }) => value), history ?? ''].every((value) => !UNSEEN.test(value));
  const region = isOfEnvironment ? (stack?.region ?? aws.region) : asked.region;
  return {
    launcher,
    environment: canBeTyped ? toWord(environment.name) : undefined,
    region: toWord(region),
    stack: toWord(asked.stackName),
    functionName: toWord(stack?.functionName),
    typed: typed.map(({ option, value }) => `${option} ${quoteForShell(value)}`),
    typedHistory: history === undefined ? undefined : `--history ${quoteForShell(history)}`,
  };
}
