import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ALARM_NAMES } from '../../lambda/contract';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { templateOf } from '../lib/synthesize';
import { readDeployed } from './deployed';
import { FAILURES } from './failures';
import { ENVIRONMENT, LAYOUTS } from './layouts';
import { firstHeard, type Played, playAll, rowsOf } from './rows';
import { writeGolden, writeSummary } from './tables';

const GOLDEN = path.join(__dirname, '../golden/alarms.md');
const DOCS = path.join(__dirname, '../../docs/alarms.md');
const BLOCK = /(<!-- failures -->\n\n)[\s\S]*(\n\n<!-- \/failures -->)/;

describe('failures and who hears of them, by the alarms of the template', () => {
  let all: readonly Played[] = [];

  beforeAll(() => {
    all = playAll();
    // A new table is written by deleting the old one; what changed is then read in the diff.
    if (existsSync(GOLDEN)) return;
    writeFileSync(GOLDEN, writeGolden(all));
    writeFileSync(DOCS, readFileSync(DOCS, 'utf8').replace(BLOCK, `$1${writeSummary(all)}$2`));
  }, 120_000);

  test('are as the golden table says', () => expect(writeGolden(all)).toBe(readFileSync(GOLDEN, 'utf8')));

  test('are in docs/alarms.md as the simulation has them', () =>
    expect(readFileSync(DOCS, 'utf8')).toContain(writeSummary(all)));

  test('with two ways a person hears of each, but of those whose row says why not', () => {
    const unheard = all.filter((played) => firstHeard(played['two ways']) === undefined).map(({ name }) => name);
    expect(unheard).toEqual(all.filter(({ failure }) => failure.unheard !== undefined).map(({ name }) => name));
  });

  test('with two ways nobody hears less than with one topic', () => {
    const worse = all.filter(
      (played) => firstHeard(played['one topic']) !== undefined && firstHeard(played['two ways']) === undefined,
    );
    expect(worse.map(({ name }) => name)).toEqual([]);
  });

  test('while all is well nothing is told, for months and over changes of the clocks', () => {
    const well = all.filter(({ failure }) => failure.section === 'All is well');
    expect(well.flatMap((played) => [...rowsOf(played, 'during'), ...rowsOf(played, 'mended')])).toEqual([]);
    expect(well).toHaveLength(6);
  });

  test.each(ALARM_NAMES)('the alarm %s tells of at least one', (alarm) => {
    const heard = all.flatMap((played) => played['two ways'].during);
    expect(heard.some(({ kind, text, by }) => kind === 'alarm' && text === alarm && by.length > 0)).toBe(true);
  });

  test('are heard by alarms that docs/alarms.md lists, with whether their end is told', () => {
    const { alarms } = readDeployed(templateOf({ ...ENVIRONMENT, ...LAYOUTS['two ways'] }));
    const listed = /<!-- alarms -->([\s\S]*)<!-- \/alarms -->/.exec(readFileSync(DOCS, 'utf8'))?.[1] ?? '';
    const rows = [...listed.matchAll(/^\| ([a-z-]+) \| .* \| (yes|no) \|$/gm)].map(([, name, isEndTold]) => [
      name,
      isEndTold,
    ]);
    expect(rows).toEqual(
      ALARM_NAMES.map((name) => {
        const alarm = alarms.find((one) => one.name.endsWith(`${sampleEnvironment.name}-${name}`));
        return [name, (alarm?.okActions.length ?? 0) > 0 ? 'yes' : 'no'];
      }),
    );
  });

  test('have a row for each resource of the template that can be lost', () => {
    const { resources } = readDeployed(templateOf({ ...ENVIRONMENT, ...LAYOUTS['two ways'] }));
    const broken = Object.values(FAILURES).flatMap(({ breaks }) => breaks ?? []);
    const rowless = resources.filter(({ id }) => !broken.some((part) => id.startsWith(`Auditor${part}`)));
    expect(rowless).toEqual([]);
  });
});
