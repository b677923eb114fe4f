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
          'Write the credentials of the machine-to-machine application into the secret (asks for them):',
          fillSecretCommand(commands),
        )
      : ["In the environment's file, replace the domain with the tenant's domain. Then deploy."];
  return toMessage(
    mail,
    toNotification(
      { environment, tenant: problem.kind === 'domain' ? problem.domain : environment, id: `setup-${environment}` },
      {
        verdict,
        description: [
          'No request was made to Auth0. You get this message at each run until the setup is complete.',
          `Missing: ${quoteOursInChat(missing, 200)}`,
        ].join('\n'),
        nextSteps: [...steps, ...listCommandInChat('Check the whole setup (read-only):', checkCommand(commands))],
        context: { setup: problem.kind },
      },
    ),
  );
}
