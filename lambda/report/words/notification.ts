import type { Notification } from '../../judge/report';
import type { ValueWords } from './value-words';

/** The texts of each notification decision. */
export const NOTIFICATION_WORDS: Readonly<Record<Notification, ValueWords>> = {
  at_once: {
    name: 'immediate',
    explanation:
      'an alert is sent immediately: a finding is new, reopened, repaired, failed, quarantined or held, a change was not reported before, connections are missing, no one receives the alarms, earlier runs were missed, the run is incomplete, or the run is the first complete run',
    remedy: 'Read the alert.',
  },
  reminder: {
    name: 'reminder',
    explanation: 'a reminder of the open findings is sent, some days after the last message',
    remedy: 'Fix the open findings, or exempt them.',
  },
  all_clear: {
    name: 'all-clear',
    explanation: 'an all-clear is sent: no finding is open, and no message was sent for a week',
    remedy: 'Nothing. If this message does not arrive, the audit does not run.',
  },
  nothing_new: { name: 'none', explanation: 'no message is sent: nothing changed', remedy: 'Nothing.' },
};
