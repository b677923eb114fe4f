import type { FillKey } from '../../lambda/connection/fills';
import type { Finding } from '../../lambda/judge/finding';
import type { ManualReason } from '../../lambda/judge/repair';
import { fill } from '../../lambda/report/text/columns';
import { explainManual } from '../../lambda/report/words/repair';

/** The lines about repairs below the table: why some are manual, and which options Auth0 adds during the others. */
export function writeRepairs(findings: readonly Finding[], columns: number): string[] {
  return [...writeReasons(findings, columns), ...writeFills(findings, columns)];
}

function writeReasons(findings: readonly Finding[], columns: number): string[] {
  const missing = new Map<ManualReason, FillKey[]>();
  for (const { repair } of findings) {
    if (repair.action !== 'manual') continue;
    const keys = repair.reason === 'write_fills' ? repair.keys : [];
    missing.set(repair.reason, [...(missing.get(repair.reason) ?? []), ...keys]);
  }
  if (missing.size === 0) return [];
  const lines = [...missing].flatMap(([reason, keys]) => {
    const more = keys.length === 0 ? '' : ` Missing options (number of connections): ${countFills(keys)}.`;
    return fill(`${explainManual(reason)}${more}`, { first: '- ', columns });
  });
  return ['', 'Manual repairs:', ...lines];
}

function writeFills(findings: readonly Finding[], columns: number): string[] {
  const keys = findings.flatMap(({ repair }) => (repair.action === 'manual' ? [] : repair.fills));
  if (keys.length === 0) return [];
  const words = `During a repair, Auth0 also adds the options that a connection lacks (number of connections): ${countFills(keys)}.`;
  return ['', ...fill(words, { columns })];
}

/** `attributes (3), validation (1)` */
export function countFills(keys: readonly FillKey[]): string {
  const counts = new Map<FillKey, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, number]) => `${key} (${number})`).join(', ');
}
