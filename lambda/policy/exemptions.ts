import type { Connection } from '../connection/connection';
import { dayAt, dayOf } from './days';
import { isLiteral } from './glob';
import { DEFAULT_GRACE_DAYS, type Exemption, type Policy } from './policy';
import { createPrefixIndex, type PrefixIndex } from './prefix-index';

/**
 * The status of an exemption today. `active`: it exempts. `grace`: it has expired, and the grace period has not ended:
 * the connection is a finding like any other, but is not repaired yet. `expired`: it has no effect.
 */
export type ExemptionStatus = 'active' | 'grace' | 'expired';

export interface DatedExemption {
  readonly exemption: Exemption;
  readonly status: ExemptionStatus;
  /** Days until the last day; negative if the last day has passed. */
  readonly daysLeft: number;
}

/** The time and the time zone with which dates are compared. */
export interface When {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The time zone of the schedule. */
  readonly timeZone: string;
}

/** The exemptions of a policy, indexed: a connection needs only a few look-ups, also with thousands of exemptions. */
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

/**
 * Every exemption for a connection, latest last day first. The first exemption counts: no other has a better status.
 */
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
