/** A metric in a sum. With FILL, a missing value counts as `fill`. */
export interface Term {
  readonly id: string;
  readonly fill: number | undefined;
}

/**
 * Reads the metric math of the alarms of the stack, and refuses other expressions: `FILL(id, number)` and `id`, joined by `+`
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
export function readSum(expression: string): readonly Term[] {
  return expression.split('+').map((text) => {
    const [, filled, fill, plain] = /^\s*(?:FILL\((\w+),\s*(\d+)\)|(\w+))\s*$/.exec(text) ?? [];
    const id = filled ?? plain;
    if (id === undefined) throw new Error(`the evaluator does not support the metric math '${text.trim()}'`);
    return { id, fill: fill === undefined ? undefined : Number(fill) };
  });
}

/** A sum is missing if one of its metrics is missing. That FILL fills a metric without any point is *unconfirmed*. */
export function sumOf(terms: readonly Term[], valueFor: (id: string) => number | undefined): number | undefined {
  let sum = 0;
  for (const { id, fill } of terms) {
    const value = valueFor(id) ?? fill;
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
