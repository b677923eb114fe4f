import { keysOf } from '../../lambda/connection/tables';
import { CHANGE_KINDS, CHANGE_RESULTS } from '../../lambda/judge/change';
import { FINDING_CODES } from '../../lambda/judge/evaluate';
import { LIFECYCLES } from '../../lambda/judge/finding';
import { NOTICES } from '../../lambda/judge/notice';
import { OUTCOMES, QUARANTINES, STOP_REASONS } from '../../lambda/judge/outcome';
import { MANUAL_REASONS } from '../../lambda/judge/repair';
import { NOTIFICATIONS, RUN_ERRORS } from '../../lambda/judge/report';

/** The members of a table that have a fact. */
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
    'urgent notices send a message to recipients immediately',
    () => membersWith(NOTICES, ({ isUrgent }) => isUrgent),
    'LISTING_DROPPED NO_CONNECTIONS LAST_TOLD_IN_FUTURE NOBODY_CONFIRMED RUNS_MISSED',
  ],
  [
    'notices about the auditor itself are marked as such',
    () => membersWith(NOTICES, ({ isOfAuditor }) => isOfAuditor),
    'NOBODY_CONFIRMED SUBSCRIBERS_UNKNOWN RUNS_MISSED WRITES_STOPPED',
  ],
  [
    'notices with the same content as an outcome or a stop reason refer to it',
    () => membersWith(NOTICES, ({ saidBy }) => saidBy !== null),
    'WRITE_SCOPES_MISSING CAP_EXCEEDED WRITES_STOPPED',
  ],
  ['setup errors send the setup steps', () => membersWith(RUN_ERRORS, ({ isSetup }) => isSetup), 'setup_needed'],
  [
    'log_too_long is the only error that does not end a run',
    () => membersWith(RUN_ERRORS, ({ endsRun }) => !endsRun),
    'log_too_long',
  ],
  [
    'lasting errors occur again until a person changes something',
    () => membersWith(RUN_ERRORS, ({ isLasting }) => isLasting),
    'setup_needed secret_unusable credentials_refused audience_refused scope_missing request_refused unreachable listing_empty',
  ],
  [
    'notifications that reach recipients are alerts, reminders and all-clears',
    () => membersWith(NOTIFICATIONS, ({ reachesPeople }) => reachesPeople),
    'at_once reminder all_clear',
  ],
  [
    'repairs and undos are the changes that write to connections',
    () => membersWith(CHANGE_KINDS, ({ writes }) => writes),
    'repair undo',
  ],
  [
    'results of a change with a possible write are marked as such',
    () => membersWith(CHANGE_RESULTS, ({ mayHaveWritten }) => mayHaveWritten),
    'unverified unknown overwritten found verified',
  ],
  [
    'results of a change that can be undone are marked as such',
    () => membersWith(CHANGE_RESULTS, ({ canBeUndone }) => canBeUndone),
    'unverified found verified',
  ],
  [
    'results of a change that an operator should check are marked as such',
    () => membersWith(CHANGE_RESULTS, ({ isToCheck }) => isToCheck),
    'unverified unknown overwritten found',
  ],
  [
    'codes for hidden and empty options are indeterminate',
    () => membersWith(FINDING_CODES, ({ verdict }) => verdict === 'indeterminate'),
    'OPTIONS_HIDDEN OPTIONS_EMPTY',
  ],
  [
    'new and reopened are the lifecycles that are news',
    () => membersWith(LIFECYCLES, ({ isNews }) => isNews),
    'new reopened',
  ],
  [
    'failed repairs and failed verifications are the failures among the outcomes',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'failure'),
    'failed_verification failed',
  ],
  [
    'outcomes of a run that could not write have the kind stopped',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'stopped'),
    'skipped_stopped skipped_cap skipped_incomplete',
  ],
  [
    'outcomes of a safeguard have the kind guarded',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'guarded'),
    'quarantined held',
  ],
  [
    'outcomes of an unsafe or changed connection have the kind refused',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'refused'),
    'skipped_conflict skipped_unsafe',
  ],
  [
    'planned is the only outcome of the kind planned',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'planned'),
    'planned',
  ],
  [
    'outcomes that the policy decides have the kind by_policy',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'by_policy'),
    'skipped_grace skipped_rule skipped_exempt',
  ],
  [
    'an outcome without a remaining deviation has the kind put_right',
    () => membersWith(OUTCOMES, ({ kind }) => kind === 'put_right'),
    'remediated already_compliant gone',
  ],
  [
    'outcomes with a cause in the run are marked as such',
    () => membersWith(OUTCOMES, ({ isOfThisRun }) => isOfThisRun),
    'failed_verification failed skipped_stopped skipped_cap skipped_conflict remediated already_compliant gone',
  ],
  [
    'stop reasons for a part of the run are marked as such',
    () => membersWith(STOP_REASONS, ({ isOfRun }) => !isOfRun),
    'failures canary refusals time interrupted',
  ],
  [
    'quarantines after refusals pause the connection',
    () => membersWith(QUARANTINES, ({ isResting }) => isResting),
    'refused refused_again',
  ],
  [
    'refused_again is the only quarantine after a repair was tried',
    () => membersWith(QUARANTINES, ({ isTried }) => isTried),
    'refused_again',
  ],
  [
    'manual reasons that apply to any write are hazards',
    () => membersWith(MANUAL_REASONS, ({ isHazard }) => isHazard),
    'options_not_visible unknown_strategy unproven_strategy encrypted_configuration both_password_schemes attributes_conflict masked_secret',
  ],
  [
    'manual reasons that state the effect on users are marked as such',
    () => membersWith(MANUAL_REASONS, ({ saysEffect }) => saysEffect),
    'options_not_visible stops_user_creation',
  ],
];

test.each(ROWS)('%s', (_, members, expected) => {
  expect(members()).toBe(expected);
});

test('a notice names the outcome or the stop reasons with the same content', () => {
  expect(NOTICES.WRITE_SCOPES_MISSING.saidBy).toEqual({ stopped: ['scope'] });
  expect(NOTICES.CAP_EXCEEDED.saidBy).toEqual({ outcome: 'skipped_cap' });
  expect(NOTICES.WRITES_STOPPED.saidBy).toEqual({ stopped: ['kill_switch', 'kill_switch_unreadable'] });
});
