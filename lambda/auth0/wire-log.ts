import * as z from 'zod';
import type { LoggedWrite } from '../connection/tenant';
import type { Parsed } from './parsed';

const optionalText = z.string().optional().catch(undefined);
const rawLogEntry = z.object({
  date: z.string(),
  client_id: optionalText,
  client_name: optionalText,
  ip: optionalText,
  user_agent: optionalText,
  references: z.object({ correlation_id: optionalText }).optional().catch(undefined),
  details: z.object({
    request: z.object({
      method: z.string(),
      path: z.string(),
      channel: optionalText,
      auth: z
        .object({ user: z.object({ email: optionalText }).optional().catch(undefined) })
        .optional()
        .catch(undefined),
    }),
  }),
});
const WRITTEN_CONNECTION = /^\/api\/v2\/connections\/(con_[A-Za-z0-9]+)$/;

export interface LogPage {
  readonly entries: number;
  /** When the last entry was made, in milliseconds since the epoch. */
  readonly last: number | undefined;
  readonly writes: readonly LoggedWrite[];
}

/** One page of the tenant's log. Entries that are not writes to a connection, or have another shape, are ignored. */
export function parseLogPage(body: unknown): Parsed<LogPage> {
  const parsed = z.array(z.unknown()).safeParse(body);
  if (!parsed.success) return { ok: false, problem: 'the body is not a page of the log' };
  const last = Date.parse(z.object({ date: z.string() }).safeParse(parsed.data.at(-1)).data?.date ?? '');
  const writes = parsed.data.flatMap(toLoggedWrite);
  return { ok: true, value: { entries: parsed.data.length, last: Number.isNaN(last) ? undefined : last, writes } };
}

/**
 * The entry of a Dashboard edit names the user, and the Dashboard's address as channel. The entry of an application has
 * no user (go-auth0 recording TestLogManager_Search). Bodies can contain secrets and are not read. Without its body,
 * the entry of a created connection does not name the connection, so it is ignored.
 */
function toLoggedWrite(raw: unknown): LoggedWrite[] {
  const entry = rawLogEntry.safeParse(raw).data;
  if (entry === undefined) return [];
  const { method, path, auth, channel } = entry.details.request;
  const connectionId = WRITTEN_CONNECTION.exec(path)?.[1];
  const at = Date.parse(entry.date);
  if (connectionId === undefined || method.toLowerCase() === 'get' || Number.isNaN(at)) return [];
  return [
    {
      connectionId,
      at,
      correlationId: entry.references?.correlation_id,
      channel: channel?.startsWith('https://manage.') ? 'dashboard' : 'api',
      email: bounded(auth?.user?.email),
      clientName: bounded(entry.client_name),
      clientId: bounded(entry.client_id),
      address: bounded(entry.ip),
      userAgent: bounded(entry.user_agent),
    },
  ];
}

/** An empty text counts as absent (an application's `client_name` is often empty). A long text is truncated. */
function bounded(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text.slice(0, 200);
}
