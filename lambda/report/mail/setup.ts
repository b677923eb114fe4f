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

/** What is still a placeholder: the content of the secret, or the domain (it ends in `.invalid`). */
export type SetupProblem =
  | { readonly kind: 'secret'; readonly secretArn: string }
  | { readonly kind: 'domain'; readonly domain: string };

export interface SetupNeeded extends DocsContext {
  readonly environment: string;
  readonly problem: SetupProblem;
  readonly commands: CommandPlace;
}

/** The message of a deployed function that cannot run yet: what is missing, and the commands that fix it. */
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
      ...fill('No request was made to Auth0. You get this message at each run until the setup is complete.'),
      '',
      ...steps,
      ...introduce(['', 'To check the whole setup (read-only):'], checkCommand(commands)),
      ...(docsUrl === undefined ? [] : ['', 'DOCS', `  ${runbookLink(docsUrl, 'setup-needed' satisfies SubjectWord)}`]),
    ].join('\n')}\n`,
  };
}

function fillSecret(secretArn: string, commands: CommandPlace): string[] {
  return [
    ...fill(
      "1. In the Auth0 Dashboard, open the tenant's machine-to-machine application (Applications > Applications). The next step writes its client id and client secret into this secret:",
      { rest: '   ' },
    ),
    // Longer than a line: unbroken, so that it can be copied.
    `  ${makeVisible(secretArn, 300)}`,
    '',
    ...introduce(
      ['2. In the project folder (asks for both values, hides the secret):', ''],
      fillSecretCommand(commands),
    ),
    ...introduce(['', '3. Start a run:', ''], invokeCommand(commands)),
  ];
}

function nameTenant(domain: string, environment: string, commands: CommandPlace): string[] {
  return [
    ...fill(`1. In the file of environment ${makeVisible(environment)}, replace the domain`, { rest: '   ' }),
    '',
    ...fill(makeVisible(domain), { first: '     ' }),
    '',
    ...fill('with the domain of your tenant, for example example.eu.auth0.com.', { first: '   ' }),
    ...introduce(['', '2. Deploy:', ''], deployCommand(commands)),
    '',
    ...fill('If the credentials are missing too, the next message describes how to set them.', { first: '   ' }),
  ];
}
