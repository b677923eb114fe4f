import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { authorLines } from '../words/author';
import { describeChange, listKeys } from '../words/outcome';
import { describeTime } from '../words/run';
import { strategyColumn } from './connection-lines';
import { writeShortList } from './short-list';

/** What was written, when, and how long an edit by someone else could have been lost. */
export function writeFixed({ findings }: Report): string[] {
  const fixed = findings.filter(({ outcome }) => outcome === 'remediated');
  if (fixed.length === 0) return [];
  return [
    `FIXED AND VERIFIED: ${fixed.length}`,
    ...fill(
      'Read back after the write: the setting is as meant, all else as before. The milliseconds are the window between our read and our write, in which an edit by someone else would be lost.',
      { first: '  ' },
    ),
    ...writeShortList(fixed, { heading: describeFix, beside: timesOf, below: authorLines }),
  ];
}

function describeFix({ change }: Finding): string {
  if (change === null) return 'changed';
  const keys = listKeys(change.otherKeysChanged);
  return `${describeChange(change)}${keys === '' ? '' : `; Auth0 itself rewrote, as it does there: ${keys}`}`;
}

function timesOf({ change }: Finding): string {
  return change === null ? '' : `${describeTime(change.writtenAt)} ${`${change.windowMs} ms`.padStart(7)}`;
}

/** Settled by no deed of ours. */
export function writeSettledElsewhere({ findings }: Report): string[] {
  const right = findings.filter(({ outcome }) => outcome === 'already_compliant');
  const gone = findings.filter(({ outcome }) => outcome === 'gone');
  const list = (settled: readonly Finding[]) => writeShortList(settled, { beside: strategyColumn(settled) });
  return [
    ...(right.length > 0 ? [`PUT RIGHT BY SOMEONE ELSE: ${right.length}`, ...list(right)] : []),
    ...(right.length > 0 && gone.length > 0 ? [''] : []),
    ...(gone.length > 0 ? [`DELETED SINCE THEY WERE LISTED: ${gone.length}`, ...list(gone)] : []),
  ];
}
