import type { Step } from '../../lambda/repair/step';
import { unreachable } from '../../lambda/report/text/unreachable';
import { count } from '../../lambda/report/words/run';

/** The current step of a run, in a few words. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'judged':
      return `${count(step.done, 'connection')} judged`;
    case 'repaired':
      // Counts every repair, regardless of its outcome. The report lists the writes.
      return `${count(step.done, 'repair')} finished, ${step.left} left`;
    case 'log_awaited':
      return `waiting ${Math.ceil(step.milliseconds / 1000)} s for the tenant's log`;
    case 'log_read':
      return `looking up who changed connections: ${count(step.writes, 'write')} found in the tenant's log`;
    case 'closing':
      return 'writing the record';
    default:
      return unreachable(step);
  }
}
