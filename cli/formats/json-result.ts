import { writeJson } from '../../lambda/report/text/json';

/** Of the results of commands that are no reports. Fields may be added; none changes its meaning in one version. */
const RESULT_SCHEMA_VERSION = '1';

/** What a command came to, as one JSON object. `docs/command-line.md` describes the members of each kind. */
export function writeJsonResult(kind: 'check' | 'explanation' | 'history' | 'lint', members: object): string {
  return writeJson({ kind, schemaVersion: RESULT_SCHEMA_VERSION, ...members }, { indent: 2 });
}
