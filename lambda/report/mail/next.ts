import { isPutRight } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { invokeCommand } from '../commands/aws';
import { introduce } from '../commands/command';
import { auditCommand, checkCommand, undoCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import { REMEDY_COMMANDS } from '../commands/remedies';
import { stepsFor } from '../words/auditor-notice';
import { isLasting } from '../words/incomplete';
import { unsaidAuditorNotices } from './notices';

/** The commands of the notices about the auditor. */
export function writeAuditorNext(report: Report, commands: CommandPlace): string[] {
  return underHeading(writeAuditorSteps(report, commands));
}

/** The next steps with their commands. Empty after a complete run without findings. */
export function writeNext(report: Report, commands: CommandPlace): string[] {
  const { findings, complete, incomplete } = report;
  const everything = introduce(['List all findings (run in the project folder, read-only):'], auditCommand(commands));
  const way = introduce(['Check domain, credentials, scopes and deployment (read-only):'], checkCommand(commands));
  const when =
    incomplete !== null && isLasting(incomplete.reason) ? 'When this is fixed, start a run:' : 'Start another run:';
  const again = introduce([when], invokeCommand(commands));
  const undo = introduce(
    ['Undo the writes of this run (shows the changes and asks first):'],
    undoCommand(commands, report.runId),
  );
  const remains = findings.some(({ outcome }) => !isPutRight(outcome));
  const unseen = findings.some(({ verdict }) => verdict === 'indeterminate');
  const isChecked = stepsFor(unsaidAuditorNotices(report)).some(({ command }) => command === 'check');
  const steps = [
    ...writeAuditorSteps(report, commands),
    ...(complete && remains ? everything : []),
    ...(!isChecked && (!complete || unseen) ? way : []),
    ...(complete ? [] : again),
    ...(findings.some(({ change }) => change !== null) ? undo : []),
  ];
  return underHeading(steps);
}

function writeAuditorSteps(report: Report, commands: CommandPlace): string[] {
  return stepsFor(unsaidAuditorNotices(report)).flatMap(({ words, command }) =>
    introduce([words], REMEDY_COMMANDS[command](commands)),
  );
}

function underHeading(steps: readonly string[]): string[] {
  return steps.length === 0 ? [] : ['NEXT', ...steps];
}
