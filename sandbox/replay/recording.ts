import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isObject, type Json, parseJson } from '../json';

/** One request and its answer, as recorded. */
export interface Interaction {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly requestBody: Json;
  readonly status: number;
  readonly responseBody: Json;
}

export interface Recording {
  readonly name: string;
  readonly interactions: readonly Interaction[];
}

export type ReadRecordings =
  | { readonly ok: true; readonly recordings: readonly Recording[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Every `*.json` of a folder, in the order of names, or all problems of the files, by file and field. */
export async function readRecordings(folder: string): Promise<ReadRecordings> {
  let files: string[];
  try {
    files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  } catch (error) {
    return { ok: false, problems: [`${folder}: cannot be read as a folder (${codeOf(error)})`] };
  }
  if (files.length === 0) return { ok: false, problems: [`${folder}: no *.json file in it`] };
  const problems: string[] = [];
  const recordings: Recording[] = [];
  for (const file of files) {
    const say = (problem: string): number => problems.push(`${file}: ${problem}`);
    try {
      const parsed = parseJson(await readFile(join(folder, file), 'utf8'));
      if (!parsed.ok) say('not JSON');
      else recordings.push(parseRecording(basename(file, '.json'), parsed.value, say));
    } catch (error) {
      say(`cannot be read (${codeOf(error)})`);
    }
  }
  return problems.length === 0 ? { ok: true, recordings } : { ok: false, problems };
}

/** Checks the fields that a replay needs. `source`, `strategy` and other fields are for readers. Never repeats a value. */
function parseRecording(name: string, value: Json, say: (problem: string) => void): Recording {
  const listed = isObject(value) ? value.interactions : undefined;
  if (!Array.isArray(listed)) {
    say(`interactions: expected a list, got ${kindOf(listed)}`);
    return { name, interactions: [] };
  }
  const interactions: Interaction[] = [];
  for (const [position, entry] of listed.entries()) {
    const field = `interactions[${position}]`;
    if (!isObject(entry)) {
      say(`${field}: expected an object, got ${kindOf(entry)}`);
      continue;
    }
    const { method, path, status, requestBody = null, responseBody = null } = entry;
    const goodMethod = typeof method === 'string' && /^(GET|POST|PATCH|PUT|DELETE)$/.test(method);
    const goodPath = typeof path === 'string' && path.startsWith('/');
    const goodStatus = typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599;
    if (!goodMethod) say(`${field}.method: expected GET, POST, PATCH, PUT or DELETE, got ${describe(method)}`);
    if (!goodPath) say(`${field}.path: expected a text that begins with "/", got ${describe(path)}`);
    if (!goodStatus) say(`${field}.status: expected a whole number from 100 to 599, got ${describe(status)}`);
    if (goodMethod && goodPath && goodStatus) interactions.push({ method, path, status, requestBody, responseBody });
  }
  return { name, interactions };
}

function describe(value: Json | undefined): string {
  return typeof value === 'string' ? 'another text' : typeof value === 'number' ? 'another number' : kindOf(value);
}

function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
