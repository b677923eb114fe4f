import type { Endings, Timed } from './measure';
import type { Listing } from './subjects';

/** All results of one run of the benchmark. */
export interface Measured {
  readonly timed: readonly Timed[];
  /** The results of listing faults for each way of listing; for the auditor with the history of an earlier run. */
  readonly struck: Readonly<Record<Listing, Endings>>;
  /** The results of listing faults for the first run of the auditor. */
  readonly struckAtFirst: Endings;
  /** Versions and machine, one per line. */
  readonly made: readonly string[];
}
