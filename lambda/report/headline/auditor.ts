import type { AuditorNotice, TopicForPeople } from '../../judge/notice';
import type { Report } from '../../judge/report';
import { auditorNoticesOf, titleAuditorNotice } from '../words/auditor-notice';
import { type Part, same, say } from './part';
import type { SubjectWord } from './subject-words';

/** A topic without a word does not compile. */
const UNHEARD: Readonly<Record<TopicForPeople, SubjectWord>> = { alerts: 'alerts-unheard', alarms: 'alarms-unheard' };

/** What keeps people from hearing of runs or alarms: people filter mails whose subject says OK. */
export function sayAuditor(report: Report): Part[] {
  return auditorNoticesOf(report).flatMap(sayOne);
}

function sayOne(notice: AuditorNotice): Part[] {
  switch (notice.code) {
    case 'NOBODY_CONFIRMED':
      return [say(UNHEARD[notice.topic])];
    case 'RUNS_MISSED':
      return [same('runs-missed', titleAuditorNotice(notice))];
    // A person stopped the writes. Where that kept a run from a repair, the headline says so.
    case 'WRITES_STOPPED':
    case 'SUBSCRIBERS_UNKNOWN':
      return [];
    default:
      notice satisfies never;
      return [];
  }
}
