import type { Finding } from '../../judge/finding';
import { fill } from '../text/columns';
import { groupBy } from '../text/group-by';
import { writeConnection } from './connection-lines';

/** An outcome's section is read at a glance; the full report has them all. */
const SHOWN = 12;

export interface ShortList {
  /** What stands beside each id. */
  readonly beside: (finding: Finding) => string;
  /** What the connections of a group share; it heads the group. */
  readonly heading?: (finding: Finding) => string;
  /** What became of one connection; it follows it. Connections with the same story are listed together. */
  readonly story?: (finding: Finding) => readonly string[];
  /** What is told of one connection alone, such as who changed it. */
  readonly below?: (finding: Finding) => readonly string[];
}

/** Connections with the same outcome: what they share told once, then a line for each, the first of them only. */
export function writeShortList(findings: readonly Finding[], { beside, heading, story, below }: ShortList): string[] {
  const more = findings.length - SHOWN;
  const groups = groupBy(findings.slice(0, SHOWN), (finding) => JSON.stringify([heading?.(finding), story?.(finding)]));
  return [
    ...groups.flatMap((group) => [
      '',
      ...(heading === undefined ? [] : fill(heading(group[0]), { first: '  ' })),
      ...group.flatMap((finding) =>
        writeConnection(finding, { entry: '  - ', beside: beside(finding), below: below?.(finding) }),
      ),
      ...(story?.(group[0]) ?? []).flatMap((words) => fill(words, { first: '    ' })),
    ]),
    ...(more > 0 ? [`  - and ${more} more; the full report has them all`] : []),
  ];
}

/** A line of a section that says what to do, or where to look. */
export function advise(label: 'Reason' | 'Do' | 'Look' | 'Undo', text: string): string[] {
  return fill(text, { first: `  ${label.padEnd(9)}` });
}
