import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { toWord, type Word } from '../lambda/report/commands/command';
import { type CommandPlace, type Launcher, stackNameOf } from '../lambda/report/commands/place';

/** The place (region, stack, function) for the commands that the stack prints. */
export function commandPlaceIn(
  scope: Construct,
  {
    environmentName,
    launcher,
    functionName,
  }: { readonly environmentName: string; readonly launcher: Launcher; readonly functionName: string },
): CommandPlace {
  const { region, stackName } = Stack.of(scope);
  return {
    launcher,
    environment: toWord(environmentName),
    region: wordFrom(region),
    stack: stackName === stackNameOf(environmentName) ? undefined : wordFrom(stackName),
    functionName: wordFrom(functionName),
  };
}

/** A value that CloudFormation fills in is a name, a URL or an ARN of AWS, which a shell reads as one word. */
export function wordFrom(text: string): Word {
  if (isToken(text)) return text;
  const word = toWord(text);
  if (word === undefined) throw new Error(`'${text}' cannot be part of a command`);
  return word;
}

function isToken(text: string): text is Word {
  return Token.isUnresolved(text);
}
