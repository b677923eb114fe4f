import type { Range } from './connection/range';

/** The ranges of those settings that are options of the command line too, which knows them without a schema. */
export const SETTING_RANGES = {
  maxChanges: { least: 0, most: 100_000 },
  maxPercent: { least: 0, most: 100 },
  rateReservePercent: { least: 0, most: 90 },
} as const satisfies Readonly<Record<string, Range>>;
