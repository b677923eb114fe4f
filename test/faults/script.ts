import type { Sandbox } from '../../sandbox/auth0/server';
import type { StoredConnection } from '../../sandbox/auth0/stored-connection';
import type { AwsSandbox } from '../../sandbox/aws/server';

/** What a script acts on. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly aws: AwsSandbox;
  /** Moves the clock as its host would, which is no time that the function had. */
  jump(milliseconds: number): void;
  /** A call that hangs costs its limit on the virtual clock as well. */
  pass(milliseconds: number): void;
}

/** Night 1, as a script may change it. */
export interface Night {
  readonly deployed: Stage;
  /** What is stored if nobody does damage. The setting of a repair that is due is free. */
  readonly expected: Map<string, StoredConnection>;
  /** Undone before night 2. */
  readonly atMorning: (() => void | Promise<void>)[];
  readonly kill: () => void;
  /** The tenant, or AWS, is gone from now on. */
  readonly goDown: () => void;
  /** Somebody else changes an option of a connection. */
  edit(id: string, key: string, value: string): void;
}

export interface Script {
  /** Scripts night 1. Without it the process is killed. */
  readonly strike: (night: Night) => void;
  /** The timers have to be short: the exchange is not answered. */
  readonly isSilent?: true;
  readonly isKilled?: true;
  /** An edit of somebody else is lost between our read and our write: the API has no way to prevent it. */
  readonly losesEdit?: true;
}
