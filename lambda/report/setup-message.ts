import { type AlertMessage, toMessage } from './alert-message';
import { toNotification } from './chat/chat';
import { quoteOursInChat } from './chat/text';
import { type SetupNeeded, writeSetupMail } from './mail/setup';
import { npmCommand } from './words/commands';

/** What is missing before the first run, for mail and chat. */
export function writeSetupMessage(setup: SetupNeeded): AlertMessage {
  const { environment, problem } = setup;
  const mail = writeSetupMail(setup);
  const [verdict = ''] = mail.body.split('\n');
  const [missing, step] =
    problem.kind === 'secret'
      ? [problem.secretArn, 'Write client_id and client_secret of the machine-to-machine application into the secret.']
      : [problem.domain, "Replace the domain in the environment's file by the tenant's, and deploy."];
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
          step.replace(/client_\w+/g, '`$&`'),
          `See whether everything is in place: \`${npmCommand(environment, 'check')}\` (changes nothing)`,
        ],
        context: { setup: problem.kind },
      },
    ),
  );
}
