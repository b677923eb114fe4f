import { LISTING_FAULT_NAMES, LISTING_FAULTS } from './listing-faults';
import { type Ending, type Endings, type Limit, type Timed, wronglyComplete } from './measure';
import type { Measured } from './measured';
import { SUBJECTS, type SubjectId, subjectOf } from './subjects';

const LIMIT_NAMES: Readonly<Record<Limit, string>> = { enterprise: 'enterprise', nonProduction: 'non-production' };

const COLUMNS = [
  'Limits',
  'Connections',
  'Who',
  'Seconds',
  'Over the bound',
  'Requests over the minimum',
  '429s',
  'Peak memory, MB',
  'CPU, s',
  'Fixed of drifted',
  'Damaged in options',
  'Damaged outside options',
  'Option keys destroyed',
  'Incomplete called complete',
];

/** The table: a block for each limit and size, a row for each measured subject. */
export function writeTable({ timed, struck, struckAtFirst }: Measured): string {
  const rows = inBlocks(timed).map((run) => {
    const { damage } = run;
    const { listing } = subjectOf(run.subject);
    const atFirst = listing === 'auditor' ? ` (first run: ${wronglyComplete(struckAtFirst)})` : '';
    return [
      LIMIT_NAMES[run.limit],
      run.connections.toLocaleString('en'),
      nameOf(run.subject),
      run.seconds.toFixed(1),
      run.overBound.toFixed(2),
      run.overMinimum.toFixed(2),
      String(run.refused),
      run.megabytes.toFixed(0),
      run.cpuSeconds.toFixed(1),
      damage === undefined ? '' : `${damage.fixed} of ${damage.drifted}`,
      String(damage?.inOptions ?? ''),
      String(damage?.besideOptions ?? ''),
      String(damage?.destroyedKeys ?? ''),
      `${wronglyComplete(struck[listing])} of ${LISTING_FAULT_NAMES.length}${atFirst}`,
    ];
  });
  return toMarkdown(COLUMNS, rows, new Set([0, 2]));
}

const WORDS: Readonly<Record<Ending, string>> = {
  'wrongly complete': '**called complete**',
  complete: 'complete',
  'says so': 'incomplete',
  endless: 'not ended',
};

/** The result of each fault for each way of listing. */
export function writeFaultTable({ struck, struckAtFirst }: Measured): string {
  const listings: readonly (readonly [string, Endings])[] = [
    ['SDK, default', struck['sdk-default']],
    ['SDK, take=100', struck['sdk-100']],
    ['Deploy CLI', struck['deploy-cli']],
    ['Auditor, first run', struckAtFirst],
    ['Auditor, later runs', struck.auditor],
  ];
  const rows = LISTING_FAULT_NAMES.map((name) => [
    LISTING_FAULTS[name].does,
    ...listings.map(([, endings]) => WORDS[endings.get(name) ?? 'endless']),
  ]);
  const columns = ['Fault', ...listings.map(([name]) => name)];
  return toMarkdown(columns, rows, new Set(columns.keys()));
}

function nameOf(subject: SubjectId): string {
  const { name, program } = subjectOf(subject);
  return program === 'auditor' ? `**${name}**` : name;
}

/** Sorted by limit, then by size, then by the order of the subjects. */
function inBlocks(timed: readonly Timed[]): readonly Timed[] {
  const order = Object.keys(SUBJECTS);
  return timed.toSorted(
    (a, b) =>
      a.connections - b.connections ||
      a.limit.localeCompare(b.limit) ||
      order.indexOf(a.subject) - order.indexOf(b.subject),
  );
}

function toMarkdown(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  texts: ReadonlySet<number>,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, index) => (texts.has(index) ? '---' : '---:'));
  return [line(columns), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
}
