import type { Endings, Timed } from './measure';
import type { Listing } from './subjects';

/** Everything that one run of the benchmark has measured. */
export interface Measured {
  readonly timed: readonly Timed[];
  /** What listing faults do to each way of listing; to the auditor's with the history of a clean night. */
  readonly struck: Readonly<Record<Listing, Endings>>;
  /** To the auditor's very first run. */
  readonly struckAtFirst: Endings;
  /** Versions and machine, one a line. */
  readonly made: readonly string[];
}
