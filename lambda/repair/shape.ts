import type { Repair } from '../judge/repair';

/**
 * What decides beside the strategy how Auth0 takes a write: the options that it will fill in, and the fields of which no
 * recorded write shows that the strategy takes them. Repairs of one shape are proven by one of them.
 */
export function shapeOf(repair: Repair): string {
  const { fills, unproven } = partsOf(repair);
  return [...fills, ...unproven].join(' ');
}

/** The shape that lacks nothing comes first, then the one that sends the least unproven. */
export function byShape(a: Repair, b: Repair): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  return one.fills.length - other.fills.length || one.unproven.length - other.unproven.length;
}

/** What is left to a person is never written, and has no shape. */
function partsOf(repair: Repair) {
  return repair.action === 'manual' ? { fills: [], unproven: [] } : repair;
}
