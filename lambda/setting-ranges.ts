import type { Range } from './connection/range';

/** The ranges of the settings that are also options of the command line, which uses them without a schema. */
export const SETTING_RANGES = {
  maxChanges: { least: 0, most: 100_000 },
  maxPercent: { least: 0, most: 100 },
  rateReservePercent: { least: 0, most: 90 },
} as const satisfies Readonly<Record<string, Range>>;
