import { SCHEMA_VERSION } from '../../lambda/contract';
import { writeJson } from '../../lambda/report/text/json';
import type { Entry } from './entries';

interface Context {
  readonly environment: string;
  /** The host of the tenant's own domain. */
  readonly tenant: string;
  /** Where the history is. */
  readonly place: string;
}

/** The entries as JSON. Fields may be added; none changes its meaning in one schemaVersion. */
export function writeListJson(entries: readonly Entry[], { environment, tenant, place }: Context): string {
  const since = entries.at(-1)?.at ?? null;
  const list = { schemaVersion: SCHEMA_VERSION, environment, tenant, history: place, since };
  return writeJson({ ...list, entries: entries.map(fieldsOf) }, { indent: 2 });
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
