import type { RootAttributes } from '../connection/setting';

export interface ChangeFacts {
  /** Connections were written. Otherwise only the permissions of the next runs changed. */
  readonly writes: boolean;
}

/** The kind of a change by a run or a person. Public: `report/words/change.ts` has the words. */
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
  /** A write was made, or a write is possible. */
  readonly mayHaveWritten: boolean;
  /** An undo restores the value. It changes nothing on a connection whose result is unknown. */
  readonly canBeUndone: boolean;
  /** An operator should check the connection: it is not verified that everything else stayed unchanged. */
  readonly isToCheck: boolean;
}

/** The result of a change on one connection. Public: `report/words/change.ts` has the words. */
export const CHANGE_RESULTS = {
  /** Something else differs too, or it is unknown what was written. */
  unverified: { mayHaveWritten: true, canBeUndone: true, isToCheck: true },
  /** The run was cut, and the connection has neither the value before nor the value after, or cannot be read. */
  unknown: { mayHaveWritten: true, canBeUndone: false, isToCheck: true },
  /** The run was cut. The tenant's log shows its write, and the connection has the earlier value again. */
  overwritten: { mayHaveWritten: true, canBeUndone: false, isToCheck: true },
  /** The run was cut, and the connection has the value that the run planned to write. */
  found: { mayHaveWritten: true, canBeUndone: true, isToCheck: true },
  /** Written, and read back as planned. */
  verified: { mayHaveWritten: true, canBeUndone: true, isToCheck: false },
  /** Its hold was ended; nothing was written. */
  released: { mayHaveWritten: false, canBeUndone: false, isToCheck: false },
} as const satisfies Readonly<Record<string, ResultFacts>>;
export type ChangeResult = keyof typeof CHANGE_RESULTS;

/** One connection in a change. `null` is an absent key. Both values are `null` if nothing was written. */
export interface ChangedConnection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly before: RootAttributes | null;
  readonly after: RootAttributes | null;
  readonly result: ChangeResult;
  /** ISO 8601, UTC: the time of the write. For a run that was cut: the time of its plan. */
  readonly at: string;
}

/** The changes of one run or one person, as stored in records and the state, and shown in later reports. */
export interface Change {
  readonly runId: string;
  readonly kind: ChangeKind;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The AWS identity, or the OS user and host; `null`: the function itself. */
  readonly by: string | null;
  /** The reason that the person gave. */
  readonly reason: string | null;
  /** The run that was undone, released or unlocked. */
  readonly of: string | null;
  /** The run ended before it could report the results of its writes. */
  readonly isCut: boolean;
  readonly connections: readonly ChangedConnection[];
}

/** Who received a change: `people` through the alerts topic, `machines` (consumers) through the findings topic. */
export interface Told {
  readonly people: boolean;
  readonly machines: boolean;
}

export const NOBODY_TOLD: Told = { people: false, machines: false };

/** A change of an earlier run or of a person. A report contains it because recipients or consumers have not received it. */
export interface EarlierChange {
  readonly change: Change;
  /** Who receives the change with this report. */
  readonly to: Told;
}
