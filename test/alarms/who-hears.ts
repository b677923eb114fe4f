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

describe('the messages about failures, from the alarms of the template', () => {
  let all: readonly Played[] = [];

  beforeAll(() => {
    all = playAll();
    // To write a new table, delete the old table. The diff then shows the changes.
    if (existsSync(GOLDEN)) return;
    writeFileSync(GOLDEN, writeGolden(all));
    writeFileSync(DOCS, readFileSync(DOCS, 'utf8').replace(BLOCK, `$1${writeSummary(all)}$2`));
  });

  test('the messages about failures match the golden table', () =>
    expect(writeGolden(all)).toBe(readFileSync(GOLDEN, 'utf8')));

  test('docs/alarms.md contains the table of failures that the simulation writes', () =>
    expect(readFileSync(DOCS, 'utf8')).toContain(writeSummary(all)));

  test('every failure notifies a person with two topics, unless its row has a reason', () => {
    const unheard = all.filter((played) => firstHeard(played['two topics']) === undefined).map(({ name }) => name);
    expect(unheard).toEqual(all.filter(({ failure }) => failure.unheard !== undefined).map(({ name }) => name));
  });

  test('two topics notify about every failure about which one topic notifies', () => {
    const worse = all.filter(
      (played) => firstHeard(played['one topic']) !== undefined && firstHeard(played['two topics']) === undefined,
    );
    expect(worse.map(({ name }) => name)).toEqual([]);
  });

  test('an environment without a failure causes no message, for months and over clock changes', () => {
    const well = all.filter(({ failure }) => failure.section === 'No failure');
    expect(well.flatMap((played) => [...rowsOf(played, 'during'), ...rowsOf(played, 'mended')])).toEqual([]);
    expect(well).toHaveLength(6);
  });

  test.each(ALARM_NAMES)('the alarm %s reports at least one failure', (alarm) => {
    const heard = all.flatMap((played) => played['two topics'].during);
    expect(heard.some(({ kind, text, by }) => kind === 'alarm' && text === alarm && by.length > 0)).toBe(true);
  });

  test('docs/alarms.md lists each alarm and whether its return to OK is sent', () => {
    const { alarms } = readDeployed(templateOf({ ...ENVIRONMENT, ...LAYOUTS['two topics'] }));
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

  test('each resource of the template that can be lost has a row in the table of failures', () => {
    const { resources } = readDeployed(templateOf({ ...ENVIRONMENT, ...LAYOUTS['two topics'] }));
    const broken = Object.values(FAILURES).flatMap(({ breaks }) => breaks ?? []);
    const rowless = resources.filter(({ id }) => !broken.some((part) => id.startsWith(`Auditor${part}`)));
    expect(rowless).toEqual([]);
  });
});
