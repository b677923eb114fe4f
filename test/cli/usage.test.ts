import { parseArguments } from '../../cli/arguments';
import { runCommandLine } from '../../cli/command-line';
import { COMMANDS } from '../../cli/commands/commands';
import { describeCommand, describeCommandLine } from '../../cli/usage';
import { LAUNCHERS, type Launcher } from '../../lambda/report/commands/place';
import { contextOf } from './command-context';
import { recordTerminal } from './recorded-terminal';

const PROGRAM = `${LAUNCHERS.repository} `;

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();

/** The options in a usage, without the options in its example. */
function optionsIn(usage: string): string[] {
  const [beforeExample = ''] = usage.split('\nExample\n');
  return sorted([...beforeExample.matchAll(/--([a-z][a-z-]+)/g)].map(([, name = '']) => name));
}

/** The options that a command accepts, among the options of all commands. */
function acceptedBy(command: string): string[] {
  const names = COMMANDS.flatMap(({ options }) => options.map(({ name }) => name));
  return sorted(names.filter((name) => !refusalOf([command, `--${name}=x`]).includes(`--${name}: not used`)));
}

function refusalOf(words: readonly string[]): string {
  try {
    parseArguments(words);
    return '';
  } catch (error) {
    return String(error);
  }
}

describe.each(COMMANDS)('the usage of $name', (command) => {
  const usage = describeCommand(command, LAUNCHERS.repository);

  it(`the usage of ${command.name} fits a terminal of 80 columns`, () => {
    expect(widest(usage)).toBeLessThanOrEqual(80);
  });

  it(`the usage of ${command.name} names exactly the options that the command accepts`, () => {
    expect(optionsIn(usage)).toEqual(acceptedBy(command.name));
  });

  it(`the example in the usage of ${command.name} runs this command`, () => {
    const [, example = ''] = /\nExample\n {2}(.*)/.exec(usage) ?? [];
    expect(example.slice(0, PROGRAM.length)).toBe(PROGRAM);
    expect(parseArguments(example.slice(PROGRAM.length).split(' '))).toMatchObject({ kind: 'run', command });
  });

  it(`the usage of ${command.name} explains the exit codes 0 and 2`, () => {
    expect(usage).toMatch(/\nExit codes\n {2}0 {2}\w.*\n( {2}1 {2}\w.*\n)? {2}2 {2}\w.*(\n {5}\w.*)*$/);
  });
});

describe('the usage of the command line', () => {
  it('the usage of the command line fits a terminal of 80 columns', () => {
    expect(widest(describeCommandLine(LAUNCHERS.repository))).toBeLessThanOrEqual(80);
  });

  it.each(COMMANDS)(
    'the usage of the command line contains summary and example of $name',
    ({ name, summary, example }) => {
      const text = describeCommandLine(LAUNCHERS.repository);
      expect(text.replaceAll(/ +|\n {4,}/g, ' ')).toContain(`\n ${name} ${summary}\n`);
      expect(text.split('\n')).toContainEqual(`  ${PROGRAM}${example}`);
    },
  );
});

it.each(Object.keys(LAUNCHERS).filter(isLauncher))(
  'a usage error names the help command of the launcher %s',
  async (launcher) => {
    const terminal = recordTerminal({});
    expect(await runCommandLine(['chek'], contextOf([], terminal, launcher))).toBe(2);
    expect(terminal.noted()).toContain(`\nFor usage, run: ${LAUNCHERS[launcher]} --help\n`);
  },
);

function isLauncher(name: string): name is Launcher {
  return Object.hasOwn(LAUNCHERS, name);
}
