import type { RootAttributes } from '../connection/setting';

export interface ChangeFacts {
  /** Connections were written; else only what the next runs may do. */
  readonly writes: boolean;
}

/** What kind of change was made, by a run or by a person. Public: `report/words/change.ts` has the words. */
export const CHANGE_KINDS = {
  repair: { writes: true },
  undo: { writes: true },
  release: { writes: false },
  unlock: { writes: false },
  accept_empty_listing: { writes: false },
} as const satisfies Readonly<Record<string, ChangeFacts>>;
export type ChangeKind = keyof typeof CHANGE_KINDS;

/** The kinds of change that write to connections. */
export type WritingKind = {
  [Kind in ChangeKind]: (typeof CHANGE_KINDS)[Kind]['writes'] extends true ? Kind : never;
}[ChangeKind];

export interface ResultFacts {
  /** A write is known to have been made, or cannot be ruled out. */
  readonly mayHaveWritten: boolean;
  /** An undo puts the value back; of what nobody knows it changes nothing. */
  readonly canBeUndone: boolean;
  /** A person should look at the connection: nobody has seen that all else stayed as it was. */
  readonly isToCheck: boolean;
}

/** What is known of one connection in a change. Public: `report/words/change.ts` has the words. */
export const CHANGE_RESULTS = {
  /** Something else differs too, or nobody knows what was written. */
  unverified: { mayHaveWritten: true, canBeUndone: true, isToCheck: true },
  /** The run was cut, and the connection has neither the value before nor the value after, or cannot be read. */
  unknown: { mayHaveWritten: true, canBeUndone: false, isToCheck: true },
  /** The run was cut; the tenant's log shows its write, and the value from before is back. */
  overwritten: { mayHaveWritten: true, canBeUndone: false, isToCheck: true },
  /** The run was cut, and the connection has the value that was to be written. */
  found: { mayHaveWritten: true, canBeUndone: true, isToCheck: true },
  /** Written, and read back as meant. */
  verified: { mayHaveWritten: true, canBeUndone: true, isToCheck: false },
  /** Its hold was ended; nothing was written. */
  released: { mayHaveWritten: false, canBeUndone: false, isToCheck: false },
} as const satisfies Readonly<Record<string, ResultFacts>>;
export type ChangeResult = keyof typeof CHANGE_RESULTS;

/** One connection in a change. `null` is an absent key; both are `null` where nothing was written. */
export interface ChangedConnection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly before: RootAttributes | null;
  readonly after: RootAttributes | null;
  readonly result: ChangeResult;
  /** ISO 8601, UTC: when it was written; of a run that was cut, when that run was planned. */
  readonly at: string;
}

/** What one run or one person changed, as records, the state and later reports tell it. */
export interface Change {
  readonly runId: string;
  readonly kind: ChangeKind;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The AWS identity, or the OS user and host; `null`: the function itself. */
  readonly by: string | null;
  /** What the person gave as the reason. */
  readonly reason: string | null;
  /** The run that was undone, released or unlocked. */
  readonly of: string | null;
  /** The run ended before it could say how its writes ended. */
  readonly isCut: boolean;
  readonly connections: readonly ChangedConnection[];
}

/** Who has heard of a change: people by the alerts topic, machines by the findings topic. */
export interface Told {
  readonly people: boolean;
  readonly machines: boolean;
}

export const NOBODY_TOLD: Told = { people: false, machines: false };

/** A change of an earlier run or of a person that a report tells, since nobody or not everybody has heard of it. */
export interface EarlierChange {
  readonly change: Change;
  /** Whom this report tells. */
  readonly to: Told;
}
