import * as z from 'zod';

/** The version of the state and of the records that this auditor writes. It reads this version and earlier ones. */
export const FILE_VERSION = 2;

/** A file of the history that could not be read. `isNewer`: a later version of the auditor wrote it. */
export interface Unread {
  readonly ok: false;
  readonly isNewer: boolean;
  readonly problem: string;
}

// Version 0.1.0 wrote no version.
const versioned = z.looseObject({ version: z.int().positive().default(1) });
export type Versioned = z.infer<typeof versioned>;

/** A file as JSON with its version, if this auditor reads that version. */
export function readVersion(json: unknown): { readonly ok: true; readonly file: Versioned } | Unread {
  const parsed = versioned.safeParse(json);
  if (!parsed.success) return unreadable(parsed.error);
  const { version } = parsed.data;
  if (version <= FILE_VERSION) return { ok: true, file: parsed.data };
  const problem = `has version ${version}, but this auditor reads versions up to ${FILE_VERSION}. Deploy the newer version of the auditor again.`;
  return { ok: false, isNewer: true, problem };
}

export function unreadable(error: z.ZodError): Unread {
  return { ok: false, isNewer: false, problem: placesOf(error) };
}

/** Names only the part of the file: keys and texts below it are untrusted. */
function placesOf(error: z.ZodError): string {
  const places = error.issues.map(({ path, code }) => `${partOf(path)} (${code})`);
  return [...new Set(places)].join(', ');
}

function partOf([first, , inControl]: readonly PropertyKey[]): string {
  const part = first === 'controls' ? (inControl ?? first) : first;
  return part === undefined ? 'text' : String(part);
}
