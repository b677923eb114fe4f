import { writeJson } from '../../lambda/report/text/json';

/** For results of commands that are not reports. Fields can be added; no field changes its meaning within one version. */
const RESULT_SCHEMA_VERSION = '1';

/** The result of a command as one JSON object. `docs/command-line.md` describes the members of each kind. */
export function writeJsonResult(kind: 'check' | 'explanation' | 'history' | 'lint', members: object): string {
  return writeJson({ kind, schemaVersion: RESULT_SCHEMA_VERSION, ...members }, { indent: 2 });
}
