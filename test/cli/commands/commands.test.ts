import { readdirSync } from 'node:fs';
import path from 'node:path';
import { defineCommand, loadOnDemand } from '../../../cli/command';
import { COMMANDS } from '../../../cli/commands/commands';
import type { ExitCode } from '../../../cli/exit-code';
import { toggle } from '../../../cli/option';

const FOLDER = path.join(__dirname, '..', '..', '..', 'cli', 'commands');
const names = COMMANDS.map(({ name }) => name);

describe('the table of commands', () => {
  it('the table of commands contains the command of every file in cli/commands', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && name !== 'commands.ts');
    expect(names.toSorted()).toEqual(files.map((name) => path.basename(name, '.ts')).toSorted());
  });

  it('an option has the same placeholder and short form in every command', () => {
    const options = COMMANDS.flatMap((command) => command.options);
    const forms = new Set(options.map(({ name, placeholder, short }) => `${name} ${placeholder} ${short}`));
    expect(forms.size).toBe(new Set(options.map(({ name }) => name)).size);
  });
});

it('a command that uses or needs an option which it does not take does not compile', () => {
  const words = { name: 'sample', summary: 'Samples', example: 'sample', exitCodes: {} };
  const options = { strict: toggle({ name: 'strict', help: 'samples strictly' }) };
  const command = defineCommand({ ...words, options, needs: ['strict'] });
  const useStrict = async ({ strict }: { strict: boolean }): Promise<ExitCode> => (strict ? 1 : 0);
  const useLenient = async ({ lenient }: { lenient: boolean }): Promise<ExitCode> => (lenient ? 1 : 0);
  loadOnDemand(command, async () => useStrict);
  // @ts-expect-error
  loadOnDemand(command, async () => useLenient);
  // @ts-expect-error
  defineCommand({ ...words, options, needs: ['lenient'] });
});
