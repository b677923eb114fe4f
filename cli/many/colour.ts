import type { VerdictColour } from '../../lambda/report/html/document';
import { colourOf } from '../../lambda/report/html/page';
import type { TenantResult } from './tenant-result';

/** The result of one environment as a colour. */
export function colourOfResult({ report, exitCode }: TenantResult): VerdictColour {
  return report === null || exitCode === 2 ? 'alarming' : colourOf(report);
}

/** The colour of the most severe result. */
export function colourOfAll(results: readonly TenantResult[]): VerdictColour {
  const colours = results.map(colourOfResult);
  const [worst = 'calm'] = (['alarming', 'open'] as const).filter((colour) => colours.includes(colour));
  return worst;
}
