import { invokeCommand } from '../commands/aws';
import { introduce } from '../commands/command';
import { checkCommand, fillSecretCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import { deployCommand } from '../commands/project';
import { type SubjectWord, sayWord } from '../headline/subject-words';
import { fill } from '../text/columns';
import { makeHarmless, makeVisible } from '../text/harmless';
import { type DocsContext, runbookLink } from '../words/docs';
import { type Mail, subjectFor } from './subject';

/** What nobody has filled in yet: the secret still holds its placeholder, or the domain ends in `.invalid`. */
export type SetupProblem =
  | { readonly kind: 'secret'; readonly secretArn: string }
  | { readonly kind: 'domain'; readonly domain: string };

export interface SetupNeeded extends DocsContext {
  readonly environment: string;
  readonly problem: SetupProblem;
  readonly commands: CommandPlace;
}

/** The message of a function that was deployed and cannot run yet: what is missing, and the commands that fill it. */
export function writeSetupMail({ environment, problem, commands, docsUrl }: SetupNeeded): Mail {
  const missing = problem.kind === 'secret' ? 'the secret is not filled' : 'the tenant is not set';
  const rest = `${sayWord('setup-needed')}: ${missing}; nothing was audited`;
  const steps =
    problem.kind === 'secret'
      ? fillSecret(problem.secretArn, commands)
      : nameTenant(problem.domain, environment, commands);
  return {
    subject: subjectFor(environment, rest),
    body: `${[
      rest,
      '',
      ...fill(makeHarmless(environment), { first: 'Environment  ' }),
      ...fill('No request was made to Auth0. You will get this message at every run until it is done.'),
      '',
      ...steps,
      ...introduce(['', 'To see whether everything is in place (changes nothing):'], checkCommand(commands)),
      ...(docsUrl === undefined ? [] : ['', 'DOCS', `  ${runbookLink(docsUrl, 'setup-needed' satisfies SubjectWord)}`]),
    ].join('\n')}\n`,
  };
}

function fillSecret(secretArn: string, commands: CommandPlace): string[] {
  return [
    ...fill(
      "1. In the Auth0 Dashboard, open the tenant's machine-to-machine application (Applications > Applications). Its client id and client secret go into the secret",
      { rest: '   ' },
    ),
    // Longer than a line may be: whole, so that it can be copied.
    `  ${makeVisible(secretArn, 300)}`,
    '',
    ...introduce(
      ["2. From the project's folder; it asks for both and shows no secret:", ''],
      fillSecretCommand(commands),
    ),
    ...introduce(['', '3. Run it:', ''], invokeCommand(commands)),
  ];
}

function nameTenant(domain: string, environment: string, commands: CommandPlace): string[] {
  return [
    ...fill(`1. In the file of environment ${makeVisible(environment)}, replace the domain`, { rest: '   ' }),
    '',
    ...fill(makeVisible(domain), { first: '     ' }),
    '',
    ...fill("by your tenant's, for example example.eu.auth0.com.", { first: '   ' }),
    ...introduce(['', '2. Deploy:', ''], deployCommand(commands)),
    '',
    ...fill('The next message says what to do about the credentials, if they are missing too.', { first: '   ' }),
  ];
}
