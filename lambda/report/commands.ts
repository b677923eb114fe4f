import { makeVisible } from './harmless';

/** A text that a shell takes as one word, as it stands. Anything else in a command to copy would be a trap. */
const WORD = /^[A-Za-z0-9_][A-Za-z0-9_.:/-]*$/;

/** `npm run audit -- check --environment prod`: the CLI, as a person types it. */
export function npmCommand(environment: string, subcommand?: 'check'): string {
  const name = WORD.test(environment) && environment.length <= 32 ? environment : 'NAME';
  return `npm run audit -- ${subcommand === undefined ? '' : `${subcommand} `}--environment ${name}`;
}

/** The function again, at once: asynchronous like the schedule, so that its failure goes the same way. */
export function invokeCommand(functionName: string): string[] {
  return [
    '  aws lambda invoke --invocation-type Event \\',
    `    --function-name ${shellWord(functionName, 'FUNCTION')} /dev/null`,
  ];
}

/** The text itself where a shell takes it as it stands, else a word that says what to put there. */
export function shellWord(text: string, otherwise: string): string {
  return WORD.test(text) && text.length <= 256 ? makeVisible(text, 256) : otherwise;
}
