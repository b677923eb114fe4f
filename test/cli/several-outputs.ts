import { DEFAULT_COMMAND } from '../../cli/commands/commands';

/** Whether `audit` writes several files in one run. */
const TAKES_SEVERAL = DEFAULT_COMMAND.options.some(
  ({ name, isRepeatable }) => name === 'output' && isRepeatable === true,
);

/** For a text that gives `--output` several times: until the command line takes it, the test must fail. */
export const itWithSeveralOutputs = TAKES_SEVERAL ? it : it.failing;

export function hasSeveralOutputs(command: string): boolean {
  return command.split(' --output ').length > 2;
}
