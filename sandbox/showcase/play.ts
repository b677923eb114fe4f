import { inventId } from '../auth0/invent-id';
import type { Sandbox } from '../auth0/server';
import { type JsonObject, without } from '../json';
import { SETTING } from './connections';
import { EDITS, type Edit } from './edits';

const HOUR_MS = 3_600_000;

/** Times in milliseconds since the epoch. */
interface Span {
  readonly lastNight: number;
  /** Edits at or before this time have already happened. */
  readonly after: number;
  readonly until: number;
  /** Sets the clock of the tenant, which its log uses for the date of an edit. */
  readonly moveTo: (time: number) => void;
}

/** Applies the edits of a time span, each at its time. */
export function playEdits(sandbox: Sandbox, { lastNight, after, until, moveTo }: Span): void {
  for (const edit of EDITS) {
    const at = lastNight - edit.hoursBefore * HOUR_MS;
    if (at <= after || at > until) continue;
    moveTo(at);
    makeEdit(sandbox, edit);
  }
}

function makeEdit(sandbox: Sandbox, { editor, connection, to }: Edit): void {
  const id = inventId(`showcase ${connection}`);
  const stored = sandbox.tenant.connections.get(id);
  if (stored === undefined) throw new Error(`the showcase has no connection ${connection}`);
  const options = without(stored.options, [SETTING]);
  const sent = to === undefined ? options : { ...options, [SETTING]: to };
  sandbox.editAs(editor, id, { ...echoOf(stored), options: sent });
}

/** The keys that a write has to repeat, because omitted keys are reset (see auth0/top-level.ts). */
function echoOf(stored: JsonObject): JsonObject {
  const { display_name: name, show_as_button: isButton } = stored;
  return {
    ...(name === undefined ? {} : { display_name: name }),
    ...(isButton === undefined ? {} : { show_as_button: isButton }),
  };
}
