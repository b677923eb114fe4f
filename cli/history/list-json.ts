import { writeJsonResult } from '../formats/json-result';
import { type Entry, oldestOf } from './entries';

interface Context {
  readonly environment: string;
  /** The host of the tenant's own domain. */
  readonly tenant: string;
  /** The folder or bucket of the history. */
  readonly place: string;
}

/** Writes the entries as JSON. */
export function writeListJson(entries: readonly Entry[], { environment, tenant, place }: Context): string {
  const list = { environment, tenant, place, since: oldestOf(entries), entries: entries.map(fieldsOf) };
  return writeJsonResult('history', list);
}

function fieldsOf({ runId, at, kind, by, run, change, isUnreported }: Entry): object {
  return {
    runId,
    at,
    kind,
    actor: by === undefined ? 'unknown' : by === null ? 'function' : 'person',
    by: by ?? null,
    run: run === undefined ? null : runFields(run),
    change:
      change === undefined
        ? null
        : {
            connections: change.connections,
            of: change.of,
            reason: change.reason,
            isCut: change.isCut,
            isReported: !isUnreported,
          },
  };
}

function runFields({ mode, complete, ...numbers }: Entry['run'] & object): object {
  const { listed, noncompliant, indeterminate, exempt, remediated } = numbers;
  return { mode: mode ?? null, complete, listed, noncompliant, indeterminate, exempt, remediated };
}
