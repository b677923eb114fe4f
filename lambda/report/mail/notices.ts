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

/** What changes how all that follows is read. The commands stand below, with the other next steps. */
export function writeAuditorNotices(report: Report): string[][] {
  return unsaidAuditorNotices(report).map((notice) => [
    titleAuditorNotice(notice).toUpperCase(),
    ...advise('Reason', explainAuditorNotice(notice)),
    ...advise('Do', remedyForAuditorNotice(notice)),
  ]);
}

/** Without those of which a section says the same. A reminder has no such sections. */
export function unsaidAuditorNotices(report: Report): readonly AuditorNotice[] {
  const isSaidBelow = isReminder(report) ? () => false : isSaidBy(report.findings);
  return auditorNoticesOf(report).filter((notice) => !isSaidBelow(notice));
}

/** A run's unknown strategies are anyone's texts: more notices than these are counted. */
const SHOWN = 8;

/** About the policy and what the run saw. What a section above has said already is not said twice. */
export function writeNotices({ notices, mode, findings }: Report): string[] {
  const isSaidAbove = isSaidBy(findings);
  const left = notices.filter((notice) => !isOfAuditor(notice) && !isSaidAbove(notice));
  const more = left.length - SHOWN;
  if (left.length === 0) return [];
  return [
    'NOTES',
    ...left.slice(0, SHOWN).flatMap((notice) => fill(describeNotice(notice, mode), { first: '- ' })),
    ...(more > 0 ? [`- and ${more} more; the full report has them all`] : []),
  ];
}
