import { LISTING_FAULT_NAMES } from './listing-faults';
import { escapeXml, STYLE, swatch, text } from './marks';
import { type Timed, wronglyComplete } from './measure';
import type { Measured } from './measured';
import { columnsOf } from './picture-columns';
import { SUBJECTS, type SubjectId, subjectOf } from './subjects';

const WIDTH = 800;
const ROW = 30;
const TOP = 104;
const NAMES = 16;

/** One block of the table as a picture, for light and dark schemes: the most important results. */
export function drawPicture({ timed, struck, struckAtFirst }: Measured): string {
  const runs = timed.filter(({ limit, connections }) => limit === 'nonProduction' && connections === 1_000);
  const columns = columnsOf(runs, struck);
  const order: readonly string[] = Object.keys(SUBJECTS);
  const rows = runs.toSorted((a, b) => order.indexOf(a.subject) - order.indexOf(b.subject));
  const height = TOP + rows.length * ROW + 92;
  const bottom = TOP + rows.length * ROW;
  const body = rows.map((run, index) => {
    const y = TOP + index * ROW;
    const isOurs = subjectOf(run.subject).program === 'auditor';
    return [
      isOurs ? `<rect class="ours" x="8" y="${y}" width="${WIDTH - 16}" height="${ROW}" rx="4"/>` : '',
      text({ x: NAMES, y: y + 20, words: nameOf(run.subject), style: isOurs ? 'text bold' : 'text' }),
      ...columns.map(({ x, draw }) => draw(run, { x, y })),
      isLastOfJob(rows, index) ? `<line class="line" x1="8" x2="${WIDTH - 8}" y1="${y + ROW}" y2="${y + ROW}"/>` : '',
    ].join('');
  });
  const atFirst = wronglyComplete(struckAtFirst);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escapeXml('The auditor compared with alternatives')}</title>`,
    `<desc id="d">${escapeXml(rows.map((run) => describe(run, wronglyComplete(struck[subjectOf(run.subject).listing]))).join(' '))}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="back" width="${WIDTH}" height="${height}" rx="6"/>`,
    text({ x: NAMES, y: 30, words: 'The auditor compared with alternatives', style: 'text title' }),
    text({
      x: NAMES,
      y: 50,
      words:
        'Emulated tenant of 1,000 connections, 80 ms an exchange, non-production rate limit (burst 10, then 2 a second)',
      style: 'faint small',
    }),
    ...columns.flatMap(({ x, head }) => [
      text({ x, y: TOP - 26, words: head[0], style: 'text head' }),
      text({ x, y: TOP - 10, words: head[1], style: 'faint small' }),
    ]),
    `<line class="line" x1="8" x2="${WIDTH - 8}" y1="${TOP}" y2="${TOP}"/>`,
    ...body,
    swatch({ x: NAMES, y: bottom + 16, tone: 'bad', words: 'damaged in options: a value changed or a key lost' }),
    swatch({
      x: 322,
      y: bottom + 16,
      tone: 'doubt',
      words: "damaged outside options: display name or button reset, by Auth0's reference",
    }),
    text({
      x: NAMES,
      y: bottom + 56,
      words: `The auditor does not make unsafe repairs; these need a manual fix. Its first run calls ${atFirst} incomplete ${atFirst === 1 ? 'listing' : 'listings'} complete.`,
      style: 'faint small',
    }),
    text({
      x: NAMES,
      y: bottom + 74,
      words:
        'The bound: the minimum that latency and rate limit allow, with a read and a write for each repair. The tenant is emulated.',
      style: 'faint small',
    }),
    '</svg>\n',
  ].join('\n');
}

function isLastOfJob(rows: readonly Timed[], index: number): boolean {
  const [here, next] = [rows[index], rows[index + 1]];
  return here !== undefined && (next === undefined || subjectOf(here.subject).job !== subjectOf(next.subject).job);
}

function describe({ subject, overBound, refused, damage }: Timed, wrong: number): string {
  const repairs =
    damage === undefined
      ? ''
      : ` ${damage.fixed} of ${damage.drifted} fixed, ${damage.inOptions + damage.besideOptions} damaged,`;
  return `${nameOf(subject)}: ${overBound.toFixed(2)} times the bound, ${refused} answers 429,${repairs} ${wrong} of ${LISTING_FAULT_NAMES.length} incomplete listings called complete.`;
}

function nameOf(subject: SubjectId): string {
  return subjectOf(subject).name;
}
