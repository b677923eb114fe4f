import type { FileProblem } from '../../../lambda/policy/lint';
import { inLines, introduce } from '../../../lambda/report/commands/command';
import { auditCommand, checkCommand, lintCommand } from '../../../lambda/report/commands/npm';
import { commandPlaceOf, type Launcher } from '../../../lambda/report/commands/place';
import { bootstrapCommand, deployCommand, installCommand } from '../../../lambda/report/commands/project';
import { fill } from '../../../lambda/report/text/columns';
import { describeProblems } from '../../../lambda/report/words/problems';
import type { Environment } from '../../../lib/environment/environment';
import { type EnvironmentFile, filesOf } from '../../../lib/environment/environment-file';
import { lintFiles } from '../../../lib/environment/lint';
import { name as packageName } from '../../../package.json';
import { hasOwnCredentials } from '../../access/credentials';
import type { CommandContext } from '../../command';
import type { ExitCode } from '../../exit-code';
import type { ProjectForm } from '../../setup/project-form';
import { check } from '../check';

/** Lints the written files, checks the tenant if credentials are given, and lists the next steps. */
export async function checkWritten(
  environment: Environment,
  form: ProjectForm,
  { launcher, readEnvironments, terminal }: CommandContext,
): Promise<ExitCode> {
  const file = form.fileOf(environment.name, terminal.project);
  const isInstalled = form.isInstalled(terminal.project);
  const files = isInstalled ? await readEnvironments() : filesOf([environment]);
  const problems = lintOne(files, { environment, file, now: terminal.now() });
  terminal.print(`Lint of ${file}:\n${describeFew(problems, launcher)}\n`);

  const place = commandPlaceOf({ environment: environment.name }, launcher);
  const checked = hasOwnCredentials(terminal.variables)
    ? await checkTenant(environment.name, { launcher, readEnvironments: async () => files, terminal })
    : undefined;
  const next = [
    ...(checked === undefined ? [] : ['']),
    'Next:',
    ...(isInstalled ? [] : introduce(['Install the packages:'], installCommand())),
    ...(checked === 0 ? [] : introduce(checked === undefined ? BEFORE_CHECK : AFTER_CHECK, checkCommand(place))),
    ...introduce(['See what an audit finds (writes nothing):'], auditCommand(place)),
    ...(form.isDeployed(terminal.project)
      ? [
          ...introduce(['Prepare the AWS account, once per region, and deploy:'], bootstrapCommand()),
          ...inLines(deployCommand(place)),
        ]
      : ELSEWHERE),
  ];
  terminal.print(next.join('\n'));
  return checked === 2 || problems.some(({ severity }) => severity === 'error') ? 2 : 0;
}

const BEFORE_CHECK = fill(
  'Set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET (or AUTH0_PRIVATE_KEY) to the credentials of the machine-to-machine application, then check domain, credentials and scopes:',
  { columns: 80 },
);
const AFTER_CHECK = ['Fix the failures above, then check again:'];

const ELSEWHERE = fill(
  `There is no cdk.json here. node_modules/${packageName}/lib/README.md shows the CDK app that deploys the environment.`,
  { columns: 80 },
);

interface Written {
  readonly environment: Environment;
  readonly file: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Lints the file together with the other environments, but returns only the problems of this file. */
function lintOne(files: readonly EnvironmentFile[], { environment, file, now }: Written): readonly FileProblem[] {
  const isRead = files.some((other) => other.file === file);
  if (!isRead) return lintFiles(filesOf([environment]), now).map((problem) => ({ ...problem, file }));
  return lintFiles(files, now).filter((problem) => problem.file === file);
}

/** A drafted policy has a warning for each text that the operator still has to write. */
const SHOWN = 3;

function describeFew(problems: readonly FileProblem[], launcher: Launcher): string {
  const described = describeProblems(problems, { most: SHOWN });
  return problems.length <= SHOWN
    ? described
    : [described, ...introduce(['To list all problems:'], lintCommand(launcher))].join('\n');
}

function checkTenant(environment: string, context: CommandContext): Promise<ExitCode> {
  const own = { canonicalDomain: undefined, domain: undefined, policyFile: undefined, region: undefined };
  const ofAws = { secretArn: undefined, stackName: undefined, reservePercent: undefined };
  return check({ environment, ...own, ...ofAws, format: 'text', testAlarm: false }, context);
}
