import * as z from 'zod';
import type { Connection, Options } from '../connection/connection';
import { lackedKeys } from '../connection/fills';
import { isObject } from '../connection/own-entry';
import { Sealed } from '../connection/sealed';
import { ROOT_ATTRIBUTES, SETTING, type Setting } from '../connection/setting';
import { ECHOED_FIELDS, strategyOf } from '../connection/strategies';
import type { FreshConnection } from '../connection/tenant';
import { hasMaskedSecret } from './masked-secret';
import { type Parsed, placesOf } from './parsed';

export interface Page {
  readonly connections: readonly Connection[];
  /** Where the next page starts; absent on the last page. */
  readonly next: string | undefined;
}

/** The required fields of a connection. `toConnection` reads the other fields and ignores values of a wrong type. */
const rawConnection = z.object({
  id: z.string().min(1),
  name: z.string(),
  strategy: z.string().min(1),
  display_name: z.unknown().optional(),
  is_domain_connection: z.unknown().optional(),
  metadata: z.unknown().optional(),
  show_as_button: z.unknown().optional(),
  realms: z.unknown().optional(),
  options: z.unknown().optional(),
});
const rawPage = z.object({ connections: z.array(rawConnection), next: z.string().min(1).nullish() });

/** Reads one page of a checkpoint listing. A body of another shape is a failed exchange, never a shorter list. */
export function parsePage(body: unknown): Parsed<Page> {
  const parsed = rawPage.safeParse(body);
  if (!parsed.success)
    return { ok: false, problem: `the body is not a page of connections: ${placesOf(parsed.error)}` };
  const { connections, next } = parsed.data;
  return { ok: true, value: { connections: connections.map(toConnection), next: next ?? undefined } };
}

/** Reads one connection and keeps its text sealed for the write. */
export function parseConnection(body: unknown, text: string): Parsed<FreshConnection> {
  const parsed = rawConnection.safeParse(body);
  if (!parsed.success) return { ok: false, problem: `the body is not a connection: ${placesOf(parsed.error)}` };
  return { ok: true, value: { connection: toConnection(parsed.data), sealed: new Sealed(text) } };
}

/** Keeps the facts that the audit needs. Everything else in `options`, upstream secrets included, is dropped here. */
function toConnection(raw: z.infer<typeof rawConnection>): Connection {
  const metadata = Object.entries(isObject(raw.metadata) ? raw.metadata : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    id: raw.id,
    name: raw.name,
    displayName: typeof raw.display_name === 'string' ? raw.display_name : undefined,
    strategy: raw.strategy,
    isDomainConnection: raw.is_domain_connection === true,
    metadata: Object.fromEntries(metadata),
    shown: ECHOED_FIELDS.filter((field) => raw[field] !== undefined && raw[field] !== null),
    options: toOptions(raw.options, raw.strategy),
  };
}

const LEGACY_PASSWORD_OPTIONS = [
  'passwordPolicy',
  'password_complexity_options',
  'password_history',
  'password_no_personal_info',
  'password_dictionary',
];

/**
 * `null` counts as absent: Auth0 drops keys that are sent as null (terraform-provider-auth0 recordings of line,
 * twitter, wordpress).
 */
function toOptions(options: unknown, strategy: string): Options {
  if (!isObject(options)) return { visibility: 'hidden' };
  if (Object.keys(options).length === 0) return { visibility: 'empty' };
  const has = (key: string) => Object.hasOwn(options, key) && options[key] !== null;
  return {
    visibility: 'visible',
    rootAttributes: has(SETTING) ? toSetting(options[SETTING]) : { kind: 'absent' },
    customDatabase: options.enabledDatabaseCustomization === true,
    importMode: options.import_mode === true,
    encryptedConfiguration: has('configuration') && !isEmptyObject(options.configuration),
    bothPasswordSchemes: has('password_options') && LEGACY_PASSWORD_OPTIONS.some(has),
    attributesConflict: has('attributes') && (has('validation') || options.requires_username === true),
    maskedSecret: hasMaskedSecret(options),
    isAlone: has(SETTING) && Object.keys(options).filter(has).length === 1,
    lacks: lackedKeys(strategyOf(strategy).fills ?? {}, options),
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
