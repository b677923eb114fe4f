import { fill } from '../text/columns';
import { makeHarmless, makeVisible } from '../text/harmless';
import { invokeCommand, npmCommand, shellWord } from '../words/commands';
import { type DocsContext, referenceLink } from '../words/docs';
import { type Mail, subjectFor } from './subject';

/** What nobody has filled in yet: the secret still holds its placeholder, or the domain ends in `.invalid`. */
export type SetupProblem =
  | { readonly kind: 'secret'; readonly secretArn: string }
  | { readonly kind: 'domain'; readonly domain: string };

export interface SetupNeeded extends DocsContext {
  readonly environment: string;
  readonly problem: SetupProblem;
  readonly functionName: string;
}

/** The message of a function that was deployed and cannot run yet: what is missing, and the commands that fill it. */
export function writeSetupMail({ environment, problem, functionName, docsUrl }: SetupNeeded): Mail {
  const missing = problem.kind === 'secret' ? 'the secret is not filled' : 'the tenant is not set';
  const rest = `SETUP NEEDED: ${missing}; nothing was audited`;
  const steps =
    problem.kind === 'secret' ? fillSecret(problem.secretArn, functionName) : nameTenant(problem.domain, environment);
  return {
    subject: subjectFor(environment, rest),
    body: `${[
      rest,
      '',
      ...fill(makeHarmless(environment), { first: 'Environment  ' }),
      ...fill('No request was made to Auth0. You will get this message at every run until it is done.'),
      '',
      ...steps,
      '',
      'To see whether everything is in place (changes nothing):',
      `  ${npmCommand(environment, 'check')}`,
      ...(docsUrl === undefined ? [] : ['', 'DOCS', `  ${referenceLink(docsUrl, 'run-error', 'setup_needed')}`]),
    ].join('\n')}\n`,
  };
}

/** An ARN is longer than a line may be. It stands on a line of its own, whole, so that the command can be copied. */
function fillSecret(secretArn: string, functionName: string): string[] {
  // arn:partition:service:region:account:...
  const region = shellWord(secretArn.split(':')[3] ?? '', 'REGION');
  return [
    ...fill(
      "1. Write the credentials of the tenant's machine-to-machine application (Auth0 Dashboard: Applications > Applications) to a file credentials.json:",
      { rest: '   ' },
    ),
    '',
    '  {"client_id": "...", "client_secret": "..."}',
    '',
    '2. Put it into the secret, then delete the file:',
    '',
    '  aws secretsmanager put-secret-value \\',
    `    --region ${region} \\`,
    '    --secret-string file://credentials.json \\',
    `    --secret-id ${shellWord(secretArn, 'ARN')}`,
    '',
    '  rm credentials.json',
    '',
    '3. Run it:',
    '',
    `  aws lambda invoke --region ${region} \\`,
    ...invokeCommand(functionName).slice(1),
  ];
}

function nameTenant(domain: string, environment: string): string[] {
  const name = shellWord(environment, 'NAME');
  return [
    ...fill(`1. In environments/${name}.ts, replace the domain`, { rest: '   ' }),
    '',
    ...fill(makeVisible(domain), { first: '     ' }),
    '',
    ...fill("by your tenant's, for example example.eu.auth0.com.", { first: '   ' }),
    '',
    '2. Deploy:',
    '',
    `  npx cdk deploy ConnectionAuditor-${name}`,
    '',
    ...fill('The next message says what to do about the credentials, if they are missing too.', { first: '   ' }),
  ];
}
