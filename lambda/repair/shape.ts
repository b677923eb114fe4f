import type { Repair } from '../judge/repair';

/**
 * The facts that, together with the strategy, decide how Auth0 handles a write: the options that Auth0 will fill in,
 * and the fields for which no recorded write shows that the strategy accepts them. One verified repair proves its
 * shape.
 */
export function shapeOf(repair: Repair): string {
  const { fills, unproven } = partsOf(repair);
  return [...fills, ...unproven].join(' ');
}

/** The shape without missing options comes first, then the shape with the fewest unproven fields. */
export function byShape(a: Repair, b: Repair): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  return one.fills.length - other.fills.length || one.unproven.length - other.unproven.length;
}

/** A manual repair is never written and has no shape. */
function partsOf(repair: Repair) {
  return repair.action === 'manual' ? { fills: [], unproven: [] } : repair;
}
