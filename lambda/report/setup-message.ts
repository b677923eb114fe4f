import { type AlertMessage, toMessage } from './alert-message';
import { toNotification } from './chat/chat';
import { listCommandInChat, quoteOursInChat } from './chat/text';
import { checkCommand, fillSecretCommand } from './commands/npm';
import { type SetupNeeded, writeSetupMail } from './mail/setup';

/** What is missing before the first run, for mail and chat. */
export function writeSetupMessage(setup: SetupNeeded): AlertMessage {
  const { environment, problem, commands } = setup;
  const mail = writeSetupMail(setup);
  const [verdict = ''] = mail.body.split('\n');
  const missing = problem.kind === 'secret' ? problem.secretArn : problem.domain;
  const steps =
    problem.kind === 'secret'
      ? listCommandInChat(
          'Write the credentials of the machine-to-machine application into the secret; it asks for them:',
          fillSecretCommand(commands),
        )
      : ["Replace the domain in the environment's file by the tenant's, and deploy."];
  return toMessage(
    mail,
    toNotification(
      { environment, tenant: problem.kind === 'domain' ? problem.domain : environment, id: `setup-${environment}` },
      {
        verdict,
        description: [
          'No request was made to Auth0. This message comes at every run until it is done.',
          `Missing: ${quoteOursInChat(missing, 200)}`,
        ].join('\n'),
        nextSteps: [
          ...steps,
          ...listCommandInChat('See whether everything is in place (changes nothing):', checkCommand(commands)),
        ],
        context: { setup: problem.kind },
      },
    ),
  );
}
