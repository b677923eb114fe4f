import type { Notification } from '../../judge/report';
import type { ValueWords } from './value-words';

/** What is said of each decision whom to tell. */
export const NOTIFICATION_WORDS: Readonly<Record<Notification, ValueWords>> = {
  at_once: {
    name: 'at once',
    explanation:
      'people are told at once: something is new, reopened, repaired, failed, quarantined or held, a change was not reported before, connections are missing, nobody receives the alarms, earlier runs were missed, the run is incomplete, or it is the first complete one',
    remedy: 'Read the alert.',
  },
  reminder: {
    name: 'reminder',
    explanation: 'people are reminded of what stays open, some days after the last message',
    remedy: 'Settle what stays open, or exempt it.',
  },
  all_clear: {
    name: 'all-clear',
    explanation: 'people are told that all is well: nothing is open and nobody was told for a week',
    remedy: 'Nothing. If this message stays away, the audit does not run.',
  },
  nothing_new: { name: 'none', explanation: 'none: nothing changed', remedy: 'Nothing.' },
};
