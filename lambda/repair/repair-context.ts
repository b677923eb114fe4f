import type { Tenant } from '../connection/tenant';
import type { Quarantine, WriteSwitch } from '../contract';
import type { History, RepairRecord } from '../history/history';
import type { Finding } from '../judge/finding';
import type { StopReason } from '../judge/outcome';
import type { CompiledPolicy } from '../policy/expectation';
import type { Step } from './step';

/** The inputs for the repairs of one run. `runAudit` builds the object field by field. */
export interface RepairContext {
  readonly runId: string;
  readonly tenant: Tenant;
  readonly history: History;
  readonly policy: CompiledPolicy;
  readonly quarantine: Quarantine;
  /** The ids of paused connections that an operator wants to retry. */
  readonly retry: ReadonlySet<string>;
  /** Omits personal data. */
  readonly withoutPeople: boolean;
  readonly mayReadLogs: boolean;
  /** The record to store before the first write, so that an interrupted run can still be undone. */
  readonly plannedRecord: RepairRecord;
  /** Called one time with the finished plan before anything is written. Returns why writes are not allowed, if so. */
  readonly approve: (planned: readonly Finding[]) => Promise<StopReason | undefined>;
  /** Called before the first write and again during a long run. Any value but `allow` stops the writes. */
  readonly mayWrite: () => Promise<WriteSwitch>;
  /** Whether an operator has asked the run to end. If so, no other repair begins. */
  readonly isInterrupted: () => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch after which no repair begins. */
  readonly stopAt: number;
  /** Milliseconds since the epoch at which this run has certainly ended, so that another run is allowed to write. */
  readonly overBy: number;
  readonly progress?: ((step: Step) => void) | undefined;
}
