import type { AuditorNotice, TopicForPeople } from '../../judge/notice';
import type { Report } from '../../judge/report';
import { auditorNoticesOf, titleAuditorNotice } from '../words/auditor-notice';
import { type Part, same, say } from './part';
import type { SubjectWord } from './subject-words';

/** A topic without a subject word does not compile. */
const UNHEARD: Readonly<Record<TopicForPeople, SubjectWord>> = { alerts: 'alerts-unheard', alarms: 'alarms-unheard' };

/**
 * Problems that prevent recipients from getting alerts or alarms. They must be in the subject: recipients filter out
 * subjects with OK.
 */
export function sayAuditor(report: Report): Part[] {
  return auditorNoticesOf(report).flatMap(sayOne);
}

function sayOne(notice: AuditorNotice): Part[] {
  switch (notice.code) {
    case 'NOBODY_CONFIRMED':
      return [say(UNHEARD[notice.topic])];
    case 'RUNS_MISSED':
      return [same('runs-missed', titleAuditorNotice(notice))];
    // An operator stopped the writes. If this prevented a repair, other parts of the headline already state it.
    case 'WRITES_STOPPED':
    case 'SUBSCRIBERS_UNKNOWN':
      return [];
    default:
      notice satisfies never;
      return [];
  }
}
