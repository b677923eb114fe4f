import { type FileProblem, lintPolicy } from '../../lambda/policy/lint';
import { checkPlaceholders } from '../../lambda/policy/placeholders';
import { type Problem, show } from '../../lambda/policy/problem';
import { findBadValues } from '../../lambda/policy/shape';
import { isTimeZone } from '../../lambda/time-zone';
import { checkDomains } from './domain-checks';
import { type EnvironmentFile, filesOf, stemOf } from './environment-file';
import { fieldsOf } from './fields';
import { checkPlace } from './place-checks';
import { environmentProblem } from './problem';
import { checkPause, checkTimes } from './schedule-checks';
import { environmentFrame } from './schema';
import { checkAgainst } from './tenant-checks';

/**
 * All problems of the environments, errors first. The files might not have been type-checked: an app that runs with tsx is
 * not type-checked. Without `now`, dates are not compared with today.
 */
export function lintEnvironments(environments: readonly unknown[], now?: number): readonly FileProblem[] {
  return lintFiles(filesOf(environments), now);
}

/** All problems of files. Each file has to export an environment with the name of the file. */
export function lintFiles(files: readonly EnvironmentFile[], now?: number): readonly FileProblem[] {
  const problems = files.flatMap((one, index) => {
    if (one.problem !== undefined) return inFile(one.file, [one.problem]);
    const { policy, ...rest } = fieldsOf(one.environment);
    const { timeZone } = fieldsOf(rest.schedule);
    return [
      ...inFile(one.file, [
        ...findBadValues(environmentFrame, one.environment, 'environment'),
        ...checkFile(one.file, rest.name),
        ...checkPlaceholders(rest, 'environment'),
        ...checkDomains(rest),
        ...checkTimes(rest.schedule),
        ...checkPause(rest.schedule),
        ...checkTogether(rest),
        ...checkPlace(rest),
        ...checkAgainst(files.slice(0, index), one),
      ]),
      // The dates of a policy are days in the time zone. The time zone itself can be invalid.
      ...lintPolicy(policy, { file: one.file, under: 'policy', now, ...(isTimeZone(timeZone) && { timeZone }) }),
    ];
  });
  return ['error', 'warning'].flatMap((severity) => problems.filter((problem) => problem.severity === severity));
}

function inFile(file: string, problems: readonly Problem[]): FileProblem[] {
  return problems.map((problem) => ({ ...problem, file }));
}

/** Messages, commands and the warnings of a synthesis use the name of the environment to name the file. */
function checkFile(file: string, name: unknown): Problem[] {
  if (typeof name !== 'string' || stemOf(file) === name) return [];
  const words = {
    message: `is not the name of its file, ${file}`,
    found: show(name),
    allowed: 'the name of the file without its ending',
  };
  return [environmentProblem('NAME_IS_NOT_FILE', 'name', words)];
}

/** The problems of combinations of settings, each of which is valid alone. */
function checkTogether(settings: Readonly<Record<string, unknown>>): Problem[] {
  const { mode, caps, recipients, chat, existingAlertsTopicArn, alarmRecipients, alarmsTopicArn } = settings;
  const { existingAlertsTopicKeyArn, existingHistoryBucketName, historyRetentionDays } = settings;
  const problems: Problem[] = [];
  if (mode === 'remediate' && caps === undefined) {
    const message = 'is required in remediate mode';
    const allowed = 'the most that one run is allowed to change, such as { maxChanges: 20, maxPercent: 5 }';
    problems.push(environmentProblem('NO_CAPS', 'caps', { message, found: show(caps), allowed }));
  }
  const { maxChanges } = fieldsOf(caps);
  if (mode === 'remediate' && maxChanges === 0) {
    const message = 'allows no repair in remediate mode';
    const allowed = "a larger number, or mode: 'report'";
    problems.push(
      environmentProblem('CAPS_ALLOW_NOTHING', 'caps.maxChanges', { message, found: show(maxChanges), allowed }),
    );
  }
  if (Array.isArray(recipients) && recipients.length === 0 && (chat ?? existingAlertsTopicArn) === undefined) {
    const message = 'no one receives alerts';
    const allowed = 'at least one e-mail address, chat, or existingAlertsTopicArn';
    problems.push(environmentProblem('NO_RECIPIENTS', 'recipients', { message, found: show(recipients), allowed }));
  }
  if (existingAlertsTopicKeyArn !== undefined && existingAlertsTopicArn === undefined) {
    const message = 'is the key of a topic, but existingAlertsTopicArn is not set';
    const allowed = 'existingAlertsTopicArn as well, or existingKeyArn for the topics that the stack creates';
    const words = { message, found: show(existingAlertsTopicKeyArn), allowed };
    problems.push(environmentProblem('KEY_WITHOUT_TOPIC', 'existingAlertsTopicKeyArn', words));
  }
  if (alarmsTopicArn !== undefined && alarmsTopicArn === existingAlertsTopicArn) {
    const message = 'is the topic of the alerts';
    const allowed = 'another topic; to use one topic for both, omit alarmsTopicArn';
    problems.push(
      environmentProblem('NO_SECOND_WAY', 'alarmsTopicArn', { message, found: show(alarmsTopicArn), allowed }),
    );
  }
  if (Array.isArray(alarmRecipients) && alarmRecipients.length === 0 && alarmsTopicArn === undefined) {
    const message = 'no one receives alarms';
    const allowed =
      'at least one e-mail address, or alarmsTopicArn; or omit alarmRecipients: alarms then go to the recipients';
    const words = { message, found: show(alarmRecipients), allowed };
    problems.push(environmentProblem('NO_ALARM_RECIPIENTS', 'alarmRecipients', words));
  }
  if (existingHistoryBucketName !== undefined && historyRetentionDays !== undefined) {
    const message = 'has no effect on an existing bucket';
    const allowed =
      'omit historyRetentionDays with existingHistoryBucketName; change the lifecycle of the bucket instead';
    const words = { message, found: show(historyRetentionDays), allowed };
    problems.push(environmentProblem('RETENTION_IGNORED', 'historyRetentionDays', words));
  }
  return problems;
}
