import * as z from 'zod';
import type { Connection, Options } from '../connection/connection';
import { Sealed } from '../connection/sealed';
import { ROOT_ATTRIBUTES, type Setting } from '../connection/setting';
import type { FreshConnection, LoggedWrite } from '../connection/tenant';
import { hasMaskedSecret } from './masked-secret';

/** A body as our type, or what is wrong with it, in words that quote nothing of it. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

export interface Page {
  readonly connections: readonly Connection[];
  /** Where the next page starts; absent on the last one. */
  readonly next: string | undefined;
}

const loose = z.record(z.string(), z.unknown());
const rawConnection = z.object({
  id: z.string().min(1),
  name: z.string(),
  strategy: z.string().min(1),
  display_name: z.string().optional().catch(undefined),
  is_domain_connection: z.boolean().catch(false),
  metadata: loose.catch({}),
  options: z.unknown().optional(),
});
const rawPage = z.object({ connections: z.array(rawConnection), next: z.string().min(1).nullish() });

/** Reads one page of a checkpoint listing. A page that is not one is a failed exchange, never a shorter list. */
export function parsePage(body: unknown): Parsed<Page> {
  const parsed = rawPage.safeParse(body);
  if (!parsed.success) return { ok: false, problem: `the page is not one: ${placesOf(parsed.error)}` };
  const { connections, next } = parsed.data;
  return { ok: true, value: { connections: connections.map(toConnection), next: next ?? undefined } };
}

/** Reads one connection, and keeps its text sealed for the write. */
export function parseConnection(body: unknown, text: string): Parsed<FreshConnection> {
  const parsed = rawConnection.safeParse(body);
  if (!parsed.success) return { ok: false, problem: `the connection is not one: ${placesOf(parsed.error)}` };
  return { ok: true, value: { connection: toConnection(parsed.data), sealed: new Sealed(text) } };
}

/** Keeps what the audit judges by. Everything else in `options`, upstream secrets above all, ends here. */
function toConnection(raw: z.infer<typeof rawConnection>): Connection {
  const metadata = Object.entries(raw.metadata).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    id: raw.id,
    name: raw.name,
    displayName: raw.display_name,
    strategy: raw.strategy,
    isDomainConnection: raw.is_domain_connection,
    metadata: Object.fromEntries(metadata),
    options: toOptions(raw.options),
  };
}

const LEGACY_PASSWORD_OPTIONS = [
  'passwordPolicy',
  'password_complexity_options',
  'password_history',
  'password_no_personal_info',
  'password_dictionary',
];

/** `null` reads as absent: Auth0 drops the keys it was sent as null (terraform-provider-auth0 recordings of line, twitter, wordpress). */
function toOptions(raw: unknown): Options {
  const parsed = loose.safeParse(raw);
  if (!parsed.success) return { visibility: 'hidden' };
  const options = parsed.data;
  if (Object.keys(options).length === 0) return { visibility: 'empty' };
  const has = (key: string) => Object.hasOwn(options, key) && options[key] !== null;
  return {
    visibility: 'visible',
    rootAttributes: has('set_user_root_attributes') ? toSetting(options.set_user_root_attributes) : { kind: 'absent' },
    customDatabase: options.enabledDatabaseCustomization === true,
    importMode: options.import_mode === true,
    encryptedConfiguration: has('configuration') && !isEmptyObject(options.configuration),
    bothPasswordSchemes: has('password_options') && LEGACY_PASSWORD_OPTIONS.some(has),
    attributesConflict: has('attributes') && (has('validation') || options.requires_username === true),
    maskedSecret: hasMaskedSecret(options),
  };
}

function toSetting(raw: unknown): Setting {
  const value = ROOT_ATTRIBUTES.find((documented) => documented === raw);
  if (value !== undefined) return { kind: 'documented', value };
  return { kind: 'undocumented', text: typeof raw === 'string' ? raw.slice(0, 40) : `(${typeof raw})` };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

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
    response: z
      .object({ body: z.object({ id: optionalText }).optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
});
const WRITTEN_CONNECTION = /^\/api\/v2\/connections\/(con_[A-Za-z0-9]+)$/;

export interface LogPage {
  readonly entries: number;
  /** When the last entry was made, in milliseconds since the epoch. */
  readonly last: number | undefined;
  readonly writes: readonly LoggedWrite[];
}

/** One page of the tenant's log. Entries that are no write to a connection, or have another shape, are passed over. */
export function parseLogPage(body: unknown): Parsed<LogPage> {
  const parsed = z.array(z.unknown()).safeParse(body);
  if (!parsed.success) return { ok: false, problem: 'the page of the log is not one' };
  const last = Date.parse(z.object({ date: z.string() }).safeParse(parsed.data.at(-1)).data?.date ?? '');
  const writes = parsed.data.flatMap(toLoggedWrite);
  return { ok: true, value: { entries: parsed.data.length, last: Number.isNaN(last) ? undefined : last, writes } };
}

/**
 * A Dashboard edit names its user and the Dashboard's address as channel; an application leaves the user empty (go-auth0
 * recording TestLogManager_Search). Of the bodies, which may hold secrets, only the id of a created connection is read.
 */
function toLoggedWrite(raw: unknown): LoggedWrite[] {
  const entry = rawLogEntry.safeParse(raw).data;
  if (entry === undefined) return [];
  const { method, path, auth, channel } = entry.details.request;
  const created = path === '/api/v2/connections' ? entry.details.response?.body?.id : undefined;
  const connectionId = WRITTEN_CONNECTION.exec(path)?.[1] ?? created;
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

/** An empty text is none (an application's `client_name` often is); a long one is anyone's. */
function bounded(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text.slice(0, 200);
}

/** A token as the token endpoint gives it. */
export interface TokenAnswer {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  /** `undefined` when neither the answer nor the token's payload tells. */
  readonly scopes: ReadonlySet<string> | undefined;
}

const rawToken = z.object({
  // What a header can carry (RFC 9110, section 5.5); anything else would be sent as another token.
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});

export function parseToken(body: unknown): Parsed<TokenAnswer> {
  const parsed = rawToken.safeParse(body);
  if (!parsed.success) return { ok: false, problem: `the token answer is not one: ${placesOf(parsed.error)}` };
  const { access_token, expires_in, scope } = parsed.data;
  const granted = scope ?? scopeInPayload(access_token);
  const scopes = granted === undefined ? undefined : new Set(granted.split(' ').filter((name) => name !== ''));
  return { ok: true, value: { accessToken: access_token, expiresIn: expires_in, scopes } };
}

const payload = z.object({ scope: z.string() });

/** Reads `scope` from the payload of a JWT, unverified: it is our own token, and the API has the last word. */
function scopeInPayload(token: string): string | undefined {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return payload.safeParse(JSON.parse(text)).data?.scope;
  } catch {
    return undefined;
  }
}

const rawError = z.object({
  errorCode: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

/** Auth0's own words: `message` of the Management API, `error_description` of the token endpoint. Not yet redacted. */
export function readErrorBody(body: unknown): { code: string | undefined; words: string | undefined } {
  const { errorCode, error, message, error_description } = rawError.safeParse(body).data ?? {};
  return { code: (errorCode ?? error)?.slice(0, 100), words: message ?? error_description };
}

/** Where a body is wrong: paths and expected types only, since zod's own text may quote what it read. */
function placesOf(error: z.ZodError): string {
  const places = error.issues.map(({ path, code }) => `${path.map(String).join('.') || 'body'} (${code})`);
  return places.length <= 3 ? places.join(', ') : `${places.slice(0, 3).join(', ')} and ${places.length - 3} more`;
}
