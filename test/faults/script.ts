import type { Sandbox } from '../../sandbox/auth0/server';
import type { StoredConnection } from '../../sandbox/auth0/stored-connection';
import type { AwsSandbox } from '../../sandbox/aws/server';

/** The systems that a script changes. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly aws: AwsSandbox;
  /** Moves the clock like a clock change of the host. This does not count as time of the function. */
  jump(milliseconds: number): void;
  /** Moves the virtual clock, for example by the limit of a call that hangs. */
  pass(milliseconds: number): void;
}

/** Run 1, which a script can change. */
export interface Night {
  readonly deployed: Stage;
  /** The stored connections without damage. The setting of a due repair is not compared. */
  readonly expected: Map<string, StoredConnection>;
  /** Steps before run 2 that restore the tenant. */
  readonly atMorning: (() => void | Promise<void>)[];
  readonly kill: () => void;
  /** From now on the tenant, or AWS, refuses connections. */
  readonly goDown: () => void;
  /** Another writer changes an option of a connection. */
  edit(id: string, key: string, value: string): void;
}

export interface Script {
  /** Scripts run 1. */
  readonly strike: (night: Night) => void;
  /** The exchange is not answered, so the timers must be short. */
  readonly isSilent?: true;
  readonly isKilled?: true;
  /** An edit of another writer is lost between our read and our write. The API has no way to prevent this. */
  readonly losesEdit?: true;
}
