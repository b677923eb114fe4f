import { dayAt, dayOf } from './days';
import { compileGlob, type Glob, isLiteral, literalPrefix } from './glob';
import type { Exemption, Policy } from './policy';
import type { Connection } from './ports';

/**
 * What an exemption is worth today. `active`: it exempts. `grace`: it expired a few days ago; the connection is a
 * finding like any other, but is not repaired yet. `expired`: as if it were not there.
 */
export type Standing = 'active' | 'grace' | 'expired';

export interface DatedExemption {
  readonly exemption: Exemption;
  readonly standing: Standing;
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
  /** Globs by what every matching name begins with, and the lengths of those beginnings. */
  readonly byPrefix: ReadonlyMap<string, readonly GlobExemption[]>;
  readonly prefixLengths: readonly number[];
}

interface GlobExemption {
  readonly glob: Glob;
  readonly dated: DatedExemption;
}

const NONE: readonly DatedExemption[] = [];

export function compileExemptions({ exemptions = [], graceDays = 7 }: Policy, when: When): CompiledExemptions {
  const today = dayAt(when.now, when.timeZone);
  const all = exemptions.map((exemption) => dateExemption(exemption, today, graceDays));
  const byId = new Map<string, DatedExemption[]>();
  const byName = new Map<string, DatedExemption[]>();
  const byPrefix = new Map<string, GlobExemption[]>();
  for (const dated of all) {
    const { id, name } = dated.exemption;
    if (id !== undefined) append(byId, id, dated);
    else if (name !== undefined && isLiteral(name)) append(byName, name, dated);
    else if (name !== undefined) append(byPrefix, literalPrefix(name), { glob: compileGlob(name), dated });
  }
  const prefixLengths = [...new Set([...byPrefix.keys()].map(({ length }) => length))];
  return { all, graceDays, byId, byName, byPrefix, prefixLengths };
}

/** Every exemption that names a connection, the one that counts first: it lasts longest, so its standing is the best. */
export function exemptionsOf(compiled: CompiledExemptions, { id, name }: Connection): readonly DatedExemption[] {
  const direct = compiled.byId.get(id) ?? NONE;
  const named = compiled.byName.get(name) ?? NONE;
  const globbed = matchingGlobs(compiled, name);
  if (direct.length + named.length + globbed.length === 0) return NONE;
  return [...direct, ...named, ...globbed].sort((a, b) => b.daysLeft - a.daysLeft);
}

function dateExemption(exemption: Exemption, today: number, graceDays: number): DatedExemption {
  const daysLeft = dayOf(exemption.expires) - today;
  const standing = daysLeft >= 0 ? 'active' : -daysLeft <= graceDays ? 'grace' : 'expired';
  return { exemption, standing, daysLeft };
}

function matchingGlobs({ byPrefix, prefixLengths }: CompiledExemptions, name: string): readonly DatedExemption[] {
  let found: DatedExemption[] | undefined;
  for (const length of prefixLengths) {
    for (const { glob, dated } of byPrefix.get(name.slice(0, length)) ?? []) {
      if (!glob.matches(name)) continue;
      found ??= [];
      found.push(dated);
    }
  }
  return found ?? NONE;
}

function append<T>(index: Map<string, T[]>, key: string, value: T): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, [value]);
  else values.push(value);
}
