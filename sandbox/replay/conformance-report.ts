import type { Agreement, Agreements, Compared, Conformance } from './conformance';
import { countEach, percent, printable, row, rule, share, sum, wrap } from './report-table';

/** The table, PATCH separately by strategy, the values that cannot be compared, and each difference on a line. 80 columns wide. */
export function describeConformance(results: readonly Conformance[]): string {
  const all = results.flatMap(({ exchanges }) => exchanges);
  const patches = all.filter(({ method }) => method === 'PATCH');
  return `${[
    ...byRecording(results, all),
    '',
    ...byStrategy(patches),
    '',
    ...counted('Not comparable, and compared by type', countEach(all.flatMap(({ byType }) => byType))),
    '',
    ...counted('Not emulated, and not counted', countEach(results.flatMap(({ notEmulated }) => notEmulated))),
    '',
    ...differences(results, 'Differences of PATCH', ({ method }) => method === 'PATCH'),
    '',
    ...differences(results, 'Other differences', ({ method }) => method !== 'PATCH'),
  ].join('\n')}\n`;
}

export function agrees(results: readonly Conformance[]): boolean {
  return results.every(({ exchanges }) => exchanges.every(({ differences }) => differences.length === 0));
}

function byRecording(results: readonly Conformance[], all: readonly Compared[]): string[] {
  const seeded = results.reduce((count, result) => count + result.seeded, 0);
  return [
    row('recording', ['statuses', 'key sets', 'values', 'seeded']),
    rule(),
    ...results.map((result) => row(result.name, [...shares(result.exchanges), String(result.seeded)])),
    rule(),
    row('total', [...shares(all), String(seeded)]),
    row('', percents(all)),
  ];
}

function byStrategy(patches: readonly Compared[]): string[] {
  const strategies = [...new Set(patches.map(({ strategy }) => strategy ?? 'unknown'))].sort();
  const of = (name: string): Compared[] => patches.filter(({ strategy = 'unknown' }) => strategy === name);
  return [
    row('PATCH, by strategy', ['statuses', 'key sets', 'values']),
    rule(),
    ...strategies.map((strategy) => row(strategy, shares(of(strategy)))),
    rule(),
    row('total of PATCH', shares(patches)),
    row('', percents(patches)),
  ];
}

function differences(
  results: readonly Conformance[],
  title: string,
  wanted: (exchange: Compared) => boolean,
): string[] {
  const lines = results.flatMap(({ name, exchanges }) => {
    const different = exchanges.filter((exchange) => wanted(exchange) && exchange.differences.length > 0);
    return different.length === 0 ? [] : [`  ${printable(name)}`, ...different.flatMap(describeExchange)];
  });
  return lines.length === 0 ? [`${title}: none`] : [`${title} (the recording first, then the sandbox):`, ...lines];
}

function describeExchange({ position, method, strategy, differences: found }: Compared): string[] {
  const about = strategy === undefined ? '' : ` ${strategy}`;
  return found.flatMap((difference) => wrap(printable(`#${position} ${method}${about}: ${difference}`), 4));
}

function counted(title: string, counts: readonly (readonly [string, number])[]): string[] {
  if (counts.length === 0) return [`${title}: nothing`];
  return [`${title}:`, ...counts.map(([what, count]) => `${String(count).padStart(6)}  ${printable(what)}`)];
}

const MEASURES = ['statuses', 'keySets', 'values'] as const satisfies readonly (keyof Agreements)[];

function shares(exchanges: readonly Agreements[]): string[] {
  return totals(exchanges).map(share);
}

function percents(exchanges: readonly Agreements[]): string[] {
  return totals(exchanges).map(percent);
}

function totals(exchanges: readonly Agreements[]): Agreement[] {
  return MEASURES.map((measure) => sum(exchanges.map((exchange) => exchange[measure])));
}
