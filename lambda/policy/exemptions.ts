import type { Connection } from '../connection/connection';
import { dayAt, dayOf } from './days';
import { isLiteral } from './glob';
import { DEFAULT_GRACE_DAYS, type Exemption, type Policy } from './policy';
import { createPrefixIndex, type PrefixIndex } from './prefix-index';

/**
 * What an exemption is worth today. `active`: it exempts. `grace`: it expired a few days ago; the connection is a
 * finding like any other, but is not repaired yet. `expired`: as if it were not there.
 */
export type ExemptionStatus = 'active' | 'grace' | 'expired';

export interface DatedExemption {
  readonly exemption: Exemption;
  readonly status: ExemptionStatus;
  /** Days until its last day; negative when that has passed. */
  readonly daysLeft: number;
}

/** The day and the zone by which dates are judged. */
export interface When {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The time zone of the schedule. */
  readonly timeZone: string;
}

/** The exemptions of a policy, indexed so that thousands cost a connection a few look-ups. */
export interface CompiledExemptions {
  readonly all: readonly DatedExemption[];
  readonly graceDays: number;
  readonly byId: ReadonlyMap<string, readonly DatedExemption[]>;
  readonly byName: ReadonlyMap<string, readonly DatedExemption[]>;
  readonly byGlob: PrefixIndex<DatedExemption>;
}

const NONE: readonly DatedExemption[] = [];

export function compileExemptions(
  { exemptions = [], graceDays = DEFAULT_GRACE_DAYS }: Policy,
  when: When,
): CompiledExemptions {
  const today = dayAt(when.now, when.timeZone);
  const all = exemptions.map((exemption) => dateExemption(exemption, today, graceDays));
  const byId = new Map<string, readonly DatedExemption[]>();
  const byName = new Map<string, readonly DatedExemption[]>();
  const byGlob = createPrefixIndex<DatedExemption>();
  for (const dated of all) {
    const { id, name } = dated.exemption;
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? NONE), dated]);
    else if (name !== undefined && isLiteral(name)) byName.set(name, [...(byName.get(name) ?? NONE), dated]);
    else if (name !== undefined) byGlob.add(name, dated);
  }
  return { all, graceDays, byId, byName, byGlob };
}

/** Every exemption that names a connection, the one that counts first: it lasts longest, so its status is the best. */
export function exemptionsOf(compiled: CompiledExemptions, { id, name }: Connection): readonly DatedExemption[] {
  const direct = compiled.byId.get(id) ?? NONE;
  const named = compiled.byName.get(name) ?? NONE;
  const globbed = compiled.byGlob.find(name);
  if (direct.length + named.length + globbed.length === 0) return NONE;
  return [...direct, ...named, ...globbed].sort((a, b) => b.daysLeft - a.daysLeft);
}

function dateExemption(exemption: Exemption, today: number, graceDays: number): DatedExemption {
  const daysLeft = dayOf(exemption.expires) - today;
  const status = daysLeft >= 0 ? 'active' : -daysLeft <= graceDays ? 'grace' : 'expired';
  return { exemption, status, daysLeft };
}
