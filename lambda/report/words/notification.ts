import type { Notification } from '../../judge/report';
import type { ValueWords } from './value-words';

/** The texts of each notification decision. */
export const NOTIFICATION_WORDS: Readonly<Record<Notification, ValueWords>> = {
  at_once: {
    name: 'immediate',
    explanation:
      'an alert is sent immediately because of at least one of these facts: a finding is new, reopened, repaired, failed, quarantined or held, a change was not reported before, connections are missing, no one receives the alarms, earlier runs were not reported, the run is incomplete, or the run is the first complete run',
    remedy: 'Read the alert.',
  },
  reminder: {
    name: 'reminder',
    explanation: 'a reminder of the open findings is sent, some days after the last alert',
    remedy: 'Fix the open findings, or exempt them.',
  },
  all_clear: {
    name: 'all-clear',
    explanation: 'an all-clear is sent: no finding is open, and no alert was sent for a week',
    remedy: 'Nothing. If this alert is missing, the audit or its alerts stopped.',
  },
  nothing_new: { name: 'none', explanation: 'no alert is sent: nothing changed', remedy: 'Nothing.' },
};
