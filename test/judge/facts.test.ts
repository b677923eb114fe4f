import { keysOf } from '../../lambda/connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS } from '../../lambda/judge/change';
import { FINDING_CODES } from '../../lambda/judge/evaluate';
import { LIFECYCLES } from '../../lambda/judge/finding';
import { NOTICES } from '../../lambda/judge/notice';
import { OUTCOMES, QUARANTINES, STOP_REASONS } from '../../lambda/judge/outcome';
import { MANUAL_REASONS } from '../../lambda/judge/repair';
import { NOTIFICATIONS, RUN_ERRORS } from '../../lambda/judge/report';

/** The members of a table of which a fact holds. */
function membersWith<Member extends string, Facts>(
  table: Readonly<Record<Member, Facts>>,
  holds: (facts: Facts) => boolean,
): string {
  return keysOf(table)
    .filter((member) => holds(table[member]))
    .join(' ');
}

const ROWS: readonly [claim: string, members: () => string, expected: string][] = [
  [
    'notices that people are told of at once',
    () => membersWith(NOTICES, ({ isUrgent }) => isUrgent),
    'LISTING_DROPPED NO_CONNECTIONS LAST_TOLD_IN_FUTURE NOBODY_CONFIRMED RUNS_MISSED',
  ],
  [
    'notices about the auditor itself',
    () => membersWith(NOTICES, ({ isOfAuditor }) => isOfAuditor),
    'NOBODY_CONFIRMED SUBSCRIBERS_UNKNOWN RUNS_MISSED WRITES_STOPPED',
  ],
  [
    'notices that something else says too',
    () => membersWith(NOTICES, ({ saidBy }) => saidBy !== null),
    'WRITE_SCOPES_MISSING CAP_EXCEEDED WRITES_STOPPED',
  ],
  ['errors for which people get steps', () => membersWith(RUN_ERRORS, ({ isSetup }) => isSetup), 'setup_needed'],
  ['errors that do not end a run', () => membersWith(RUN_ERRORS, ({ endsRun }) => !endsRun), 'log_too_long'],
  [
    'errors that last until a person changes something',
    () => membersWith(RUN_ERRORS, ({ isLasting }) => isLasting),
    'setup_needed secret_unusable credentials_refused audience_refused scope_missing request_refused unreachable listing_empty',
  ],
  [
    'notifications that reach people',
    () => membersWith(NOTIFICATIONS, ({ reachesPeople }) => reachesPeople),
    'at_once reminder all_clear',
  ],
  ['changes that write to connections', () => membersWith(CHANGE_KINDS, ({ writes }) => writes), 'repair undo'],
  [
    'results of a change that may have written',
    () => membersWith(CHANGE_RESULTS, ({ mayHaveWritten }) => mayHaveWritten),
    'unverified unknown overwritten found verified',
  ],
  [
    'results of a change that can be undone',
    () => membersWith(CHANGE_RESULTS, ({ canBeUndone }) => canBeUndone),
    'unverified found verified',
  ],
  [
    'results of a change that a person should check',
    () => membersWith(CHANGE_RESULTS, ({ isToCheck }) => isToCheck),
    'unverified unknown overwritten found',
  ],
  [
    'codes of what could not be seen',
    () => membersWith(FINDING_CODES, ({ verdict }) => verdict === 'indeterminate'),
    'OPTIONS_HIDDEN OPTIONS_EMPTY',
  ],
  ['lifecycles that are news', () => membersWith(LIFECYCLES, ({ isNews }) => isNews), 'new reopened'],
  [
    'outcomes that are failures',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'failure'),
    'failed_verification failed',
  ],
  [
    'outcomes of a run that was kept from writing',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'stopped'),
    'skipped_stopped skipped_cap skipped_incomplete',
  ],
  ['outcomes by a rail', () => membersWith(OUTCOMES, ({ kind }) => kind === 'guarded'), 'quarantined held'],
  [
    'outcomes of a connection that is not written',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'refused'),
    'skipped_conflict skipped_unsafe',
  ],
  ['outcomes of a plan', () => membersWith(OUTCOMES, ({ kind }) => kind === 'planned'), 'planned'],
  [
    'outcomes by the policy',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'by_policy'),
    'skipped_grace skipped_rule skipped_exempt',
  ],
  [
    'outcomes after which nothing deviates',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'put_right'),
    'remediated already_compliant gone',
  ],
  [
    'outcomes whose cause lies in the run',
    () => membersWith(OUTCOMES, ({ isOfThisRun }) => isOfThisRun),
    'failed_verification failed skipped_stopped skipped_cap skipped_conflict remediated already_compliant gone',
  ],
  [
    'stop reasons that only cut off a part of the run',
    () => membersWith(STOP_REASONS, ({ isOfRun }) => !isOfRun),
    'failures canary refusals time interrupted',
  ],
  [
    'quarantines in which a connection rests',
    () => membersWith(QUARANTINES, ({ isResting }) => isResting),
    'refused refused_again',
  ],
  ['quarantines after a repair was tried', () => membersWith(QUARANTINES, ({ isTried }) => isTried), 'refused_again'],
  [
    'reasons for a manual fix that hold for any write',
    () => membersWith(MANUAL_REASONS, ({ isHazard }) => isHazard),
    'options_not_visible unknown_strategy unproven_strategy encrypted_configuration both_password_schemes attributes_conflict masked_secret',
  ],
  [
    'reasons for a manual fix that say the effect on users',
    () => membersWith(MANUAL_REASONS, ({ saysEffect }) => saysEffect),
    'options_not_visible stops_user_creation',
  ],
];

test.each(ROWS)('%s', (_, members, expected) => {
  expect(members()).toBe(expected);
});

test('notices name what says the same', () => {
  expect(NOTICES.WRITE_SCOPES_MISSING.saidBy).toEqual({ stopped: ['scope'] });
  expect(NOTICES.CAP_EXCEEDED.saidBy).toEqual({ outcome: 'skipped_cap' });
  expect(NOTICES.WRITES_STOPPED.saidBy).toEqual({ stopped: ['kill_switch', 'kill_switch_unreadable'] });
});
