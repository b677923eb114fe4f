import type { Tenant } from '../connection/tenant';
import type { Quarantine, WriteSwitch } from '../contract';
import type { History, RepairRecord } from '../history/history';
import type { Finding } from '../judge/finding';
import type { StopReason } from '../judge/outcome';
import type { CompiledPolicy } from '../policy/expectation';
import type { Step } from './step';

/** What the repairs of one run need. `runAudit` builds it field by field. */
export interface RepairContext {
  readonly runId: string;
  readonly tenant: Tenant;
  readonly history: History;
  readonly policy: CompiledPolicy;
  readonly quarantine: Quarantine;
  /** Connections that a person wants tried although they rest: ids. */
  readonly retry: ReadonlySet<string>;
  /** Leaves out what tells who a person is. */
  readonly withoutPeople: boolean;
  readonly mayReadLogs: boolean;
  /** The record to keep before the first write, so that a run that is cut can still be undone. */
  readonly plannedRecord: RepairRecord;
  /** Asked once with the finished plan, before anything is written; gives back why nothing may be, if so. */
  readonly approve: (planned: readonly Finding[]) => Promise<StopReason | undefined>;
  /** Asked before the first write and again during a long run; anything but `allow` stops the writes. */
  readonly mayWrite: () => Promise<WriteSwitch>;
  /** Whether a person has asked the run to end: nothing more is begun. */
  readonly isInterrupted: () => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch after which no repair is begun. */
  readonly stopAt: number;
  /** Milliseconds since the epoch at which this run is over for certain, so that another may write. */
  readonly overBy: number;
  readonly progress?: ((step: Step) => void) | undefined;
}
