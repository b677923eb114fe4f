import { STARTER_POLICY } from '../../lib/environment/starter';
import { checkEnvironment } from '../../lib/environment/with-defaults';
import type { CommandContext } from '../command';
import type { InitOptions } from '../commands/init';
import type { ExitCode } from '../exit-code';
import { draftEnvironment } from '../setup/answers';
import { collectAnswers } from '../setup/collect-answers';
import type { ProjectFile } from '../setup/project-form';
import { PROJECT_FORMS } from '../setup/project-forms';
import { TargetError } from '../target-error';
import { readPolicy } from '../target-parts';
import type { Terminal } from '../terminal';
import { checkWritten } from './init/after-writing';

/** Asks for a tenant, writes its environment, and checks the written files. Does not change what a person wrote. */
export async function initialize(options: InitOptions, context: CommandContext): Promise<ExitCode> {
  const { launcher, terminal } = context;
  const { project } = terminal;
  const form = PROJECT_FORMS[launcher];
  const problems = [...form.findInTheWay(project)];
  const policy = options.policyFile === undefined ? STARTER_POLICY : readPolicy(options.policyFile, problems);
  const { policyFile: _read, yes, ...given } = options;
  const answers = await collectAnswers({
    given,
    isAsked: !yes,
    problems,
    refuseName: (name) => form.refuseName(name, project),
    terminal,
  });
  if (answers === undefined) {
    terminal.note('Interrupted; nothing was written.');
    return 1;
  }
  if (policy === undefined) throw new TargetError(problems);
  const environment = checkEnvironment(draftEnvironment(answers, policy));
  const files = form.filesFor(environment, project);
  writeAll(files, terminal);
  return checkWritten(environment, form, context);
}

function writeAll(files: readonly ProjectFile[], { project, print }: Terminal): void {
  const written: string[] = [];
  for (const { file, text, instead } of files) {
    try {
      project.write(file, text, instead);
      written.push(file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TargetError([`${file}: ${reason}`, `written before this error: ${written.join(', ') || 'nothing'}`]);
    }
  }
  print(['Written:', ...written.map((file) => `  ${file}`), ''].join('\n'));
}
