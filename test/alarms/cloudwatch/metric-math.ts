/** A sum of metrics, in each of which a missing value counts as this one where FILL says so. */
export interface Term {
  readonly id: string;
  readonly fill: number | undefined;
}

/**
 * Reads the metric math that our alarms use, and refuses any other: `FILL(id, number)` and `id`, with `+` between them
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
export function readSum(expression: string): readonly Term[] {
  return expression.split('+').map((text) => {
    const [, filled, fill, plain] = /^\s*(?:FILL\((\w+),\s*(\d+)\)|(\w+))\s*$/.exec(text) ?? [];
    const id = filled ?? plain;
    if (id === undefined) throw new Error(`the evaluator knows no metric math like '${text.trim()}'`);
    return { id, fill: fill === undefined ? undefined : Number(fill) };
  });
}

/** A sum is missing where one of its metrics is. That FILL fills a metric without any point is *unconfirmed*. */
export function sumOf(terms: readonly Term[], valueFor: (id: string) => number | undefined): number | undefined {
  let sum = 0;
  for (const { id, fill } of terms) {
    const value = valueFor(id) ?? fill;
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
