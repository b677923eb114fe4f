import type { AuditorNotice } from '../../judge/notice';
import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import {
  auditorNoticesOf,
  explainAuditorNotice,
  isOfAuditor,
  remedyForAuditorNotice,
  titleAuditorNotice,
} from '../words/auditor-notice';
import { isReminder } from '../words/lifecycle';
import { describeNotice, isSaidBy } from '../words/notice';
import { advise } from './list';

/**
 * Notices about the auditor: they change the meaning of everything below. The commands are with the other next steps.
 */
export function writeAuditorNotices(report: Report): string[][] {
  return unsaidAuditorNotices(report).map((notice) => [
    titleAuditorNotice(notice).toUpperCase(),
    ...advise('Reason', explainAuditorNotice(notice)),
    ...advise('Do', remedyForAuditorNotice(notice)),
  ]);
}

/** The notices about the auditor that no section already states. A reminder has no such sections. */
export function unsaidAuditorNotices(report: Report): readonly AuditorNotice[] {
  const isSaidBelow = isReminder(report) ? () => false : isSaidBy(report.findings);
  return auditorNoticesOf(report).filter((notice) => !isSaidBelow(notice));
}

/** The maximum number of notices: unknown strategies are foreign texts, and can be many. */
const SHOWN = 8;

/** Notices about the policy and the run, without the notices that a section above already states. */
export function writeNotices({ notices, mode, findings }: Report): string[] {
  const isSaidAbove = isSaidBy(findings);
  const left = notices.filter((notice) => !isOfAuditor(notice) && !isSaidAbove(notice));
  const more = left.length - SHOWN;
  if (left.length === 0) return [];
  return [
    'NOTES',
    ...left.slice(0, SHOWN).flatMap((notice) => fill(describeNotice(notice, mode), { first: '- ' })),
    ...(more > 0 ? [`- and ${more} more; the full report lists all of them`] : []),
  ];
}
