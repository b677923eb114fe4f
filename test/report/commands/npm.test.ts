import { parseArguments } from '../../../cli/arguments';
import { inLines, inOneLine, toWord } from '../../../lambda/report/commands/command';
import * as npm from '../../../lambda/report/commands/npm';
import type { CommandPlace } from '../../../lambda/report/commands/place';

/** All options that an operator can type. */
const TYPED: CommandPlace = {
  environment: toWord('prod'),
  region: toWord('eu-central-1'),
  stack: toWord('Other'),
  typed: ['--domain login.acme.io', '--canonical-domain acme.eu.auth0.com', '--policy p.json', '--secret arn:x'],
  typedHistory: '--history local',
};

const MAKERS: Readonly<Record<keyof typeof npm, (place: CommandPlace) => ReturnType<typeof npm.auditCommand>>> = {
  auditCommand: npm.auditCommand,
  checkCommand: npm.checkCommand,
  testAlarmCommand: npm.testAlarmCommand,
  fillSecretCommand: npm.fillSecretCommand,
  undoCommand: (place) => npm.undoCommand(place, '2026-01-05T04-30-00Z-5f0c2a9e'),
  undoToNeverCommand: (place) => npm.undoToNeverCommand(place, '2026-01-05T04-30-00Z-5f0c2a9e'),
  releaseCommand: (place) => npm.releaseCommand(place, 'con_1'),
  unlockCommand: npm.unlockCommand,
  changesCommand: npm.changesCommand,
  historyCommand: npm.historyCommand,
  reportCommand: (place) => npm.reportCommand(place, '2026-01-05T04-30-00Z-5f0c2a9e'),
  acceptEmptyCommand: npm.acceptEmptyCommand,
  retryCommand: (place) => npm.retryCommand(place, ['con_1', 'con_2']),
  largePlanCommand: (place) => npm.largePlanCommand(place, 7),
  lintPolicyCommand: () => npm.lintPolicyCommand('p.json', 'repository'),
  lintCommand: () => npm.lintCommand('repository'),
  initCommand: () =>
    npm.initCommand({ policyFile: 'p.json', domain: 'login.acme.io', canonicalDomain: 'Other' }, 'repository'),
};

/** The commands that need no existing environment. */
const WITHOUT_ENVIRONMENT = ['lintPolicyCommand', 'lintCommand', 'initCommand'];

describe.each(Object.entries(MAKERS))('%s', (maker, make) => {
  it(`${maker} makes a command that the command line accepts, with all typed options`, () => {
    const command = make(TYPED);
    if (command === undefined) throw new Error('nothing was made');
    const words = inOneLine(command).split(' ').slice(4);
    expect(() => parseArguments(words)).not.toThrow();
    if (!WITHOUT_ENVIRONMENT.includes(maker)) expect(words).toEqual(expect.arrayContaining(['login.acme.io', 'Other']));
  });

  it(`${maker} makes no command that needs an environment name that a shell would not read as one word`, () => {
    const isMade = make({ environment: toWord('x; rm -rf .') }) !== undefined;
    expect(isMade).toBe(WITHOUT_ENVIRONMENT.includes(maker));
  });
});

it.each(['$(id)', 'a b', '', `con_${'x'.repeat(60)}`, "a'b", '--yes', 'a\nb'])('the id %j gets no command', (id) => {
  expect(npm.undoCommand(TYPED, id)).toBeUndefined();
  expect(npm.retryCommand(TYPED, [id])).toBeUndefined();
});

it('one command retries at most ten connections', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `con_${index}`);
  expect(inLines(npm.retryCommand(TYPED, ids)).join(' ')).toMatch(/con_9$/);
});
