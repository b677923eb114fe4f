import * as z from 'zod';
import { ONCE } from './connection/once';
import type { Range } from './connection/range';
import { type Cadence, EVENT_TIME, EVENT_WATCH, MODES, type Mode, type Quarantine } from './contract';
import { problemLine } from './policy/problem';
import { objectOf, oneOf, textLike, trueOrFalse, wholeNumber } from './policy/schema-parts';
import { findBadValues } from './policy/shape';
import type { Caps } from './repair/caps';
import { SETTING_RANGES } from './setting-ranges';
import { ADDRESS_FORM, bareDomain, parseTenantAddress } from './tenant-address';
import { isTimeZone } from './time-zone';

export const DEFAULT_QUARANTINE: Quarantine = { repairs: 3, days: 7 };
export const DEFAULT_CADENCE: Cadence = { reminderDays: 7, weeklyAllClear: true };

const capsShape = { maxChanges: within(SETTING_RANGES.maxChanges), maxPercent: within(SETTING_RANGES.maxPercent) };

const DOCS_URL =
  'the https address of the docs folder (lower-case host; letters, digits and . _ ~ - in its path), such as https://github.com/acme/connection-auditor/blob/main/docs';

/** A tenant as the command line and messages name it: an https domain, or http on this machine for a sandbox. */
const domain = z
  .string({ error: ADDRESS_FORM })
  .refine((text) => parseTenantAddress(text).ok, { error: ADDRESS_FORM })
  .overwrite(bareDomain);

/**
 * The settings that are deployed with the code, under the names of `Environment` (`timeZone`: from its schedule). Each
 * has its range, the text of its error after "allowed:", and its default if it has one. They are defined only here.
 * `lib/environment/environment.ts` describes each setting.
 */
export const settingsShape = {
  name: textLike(/^[a-z][a-z0-9-]{0,31}$/, 'up to 32 lower-case letters, digits and hyphens, starting with a letter'),
  domain,
  canonicalDomain: domain.optional(),
  timeZone: z.custom<string>(isTimeZone, {
    error: 'a name such as Europe/Berlin or Etc/UTC, with the same upper and lower case',
    params: { code: 'UNKNOWN_TIME_ZONE', message: 'not a name of the tz database' },
  }),
  mode: oneOf(MODES),
  caps: objectOf(capsShape).optional() satisfies z.ZodType<Caps | undefined>,
  quarantine: objectOf({ repairs: wholeNumber(1, 100), days: wholeNumber(1, 365) }).default(
    DEFAULT_QUARANTINE,
  ) satisfies z.ZodType<Quarantine>,
  cadence: objectOf({ reminderDays: wholeNumber(1, 365), weeklyAllClear: trueOrFalse() }).default(
    DEFAULT_CADENCE,
  ) satisfies z.ZodType<Cadence>,
  namePeople: trueOrFalse().default(true),
  securityHub: trueOrFalse().default(false),
  rateReservePercent: within(SETTING_RANGES.rateReservePercent).default(20),
  // The stack derives these two settings: from the schedule, and from the recipients of the alerts.
  dueHours: wholeNumber(1, 10_000, ' of hours').optional(),
  namesReceiver: trueOrFalse().default(false),
  // Messages and alarms contain this address, so it must not contain characters that end a link or mark up a text.
  docsUrl: textLike(/^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[\w.~-]+)*\/?$/, DOCS_URL)
    .max(300, { error: `${DOCS_URL}, of up to 300 characters` })
    .overwrite((url) => url.replace(/\/$/, ''))
    .optional(),
};

export const settingsSchema = objectOf(settingsShape);

function within({ least, most }: Range) {
  return wholeNumber(least, most);
}

/** What one function is set up to do; deployed as `settings.json` next to the code. */
export type Settings = Readonly<z.output<typeof settingsSchema>>;
/** The settings before defaults are filled in. */
export type GivenSettings = Readonly<z.input<typeof settingsSchema>>;

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads settings and fills in the defaults. Reports all bad values together, each after the name of its file. */
export function parseSettings(value: unknown, file: string): ParsedSettings {
  const parsed = settingsSchema.safeParse(value, ONCE);
  if (parsed.success) return { ok: true, settings: parsed.data };
  const problems = findBadValues(settingsSchema, value, 'settings');
  return { ok: false, problems: problems.map((problem) => `${file}: ${problemLine(problem)}`) };
}

/** Settings are missing, wrong or contradict each other. The message names each of them. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  /** `headline`: what all problems have in common, and what to do. */
  constructor(headline: string, problems: readonly string[]) {
    super([headline, ...problems.map((problem) => `- ${problem}`)].join('\n'));
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

const anything = z.unknown().optional();
const eventSchema = z.object({ mode: anything, [EVENT_TIME]: anything, [EVENT_WATCH]: anything });
const eventTime = z.string().min(1).max(64);

/** The mode of one run. An event can lower it to `report`, in any spelling; nothing in an event can raise it. */
export function lowerMode(mode: Mode, event: unknown): Mode {
  return asksLower(event) ? 'report' : mode;
}

function asksLower(event: unknown): boolean {
  const asked = eventSchema.safeParse(event, ONCE).data?.mode;
  return asked !== undefined && asked !== 'remediate';
}

/**
 * Whether an event only asks for a check of the last run. Any value except `false` and `null` counts, because such an
 * event cannot permit anything more.
 */
export function isWatch(event: unknown): boolean {
  const asked = eventSchema.safeParse(event, ONCE).data?.[EVENT_WATCH];
  return asked !== undefined && asked !== null && asked !== false;
}

/** The schedule never starts a run early. The clocks of two services can differ by up to this much. */
const EARLY_MS = 5 * 60_000;

/**
 * The scheduled time in an event, which identifies its second delivery; a manual run has none. A time in the future and
 * an event that lowers the mode do not come from the schedule: they must not take the place of its run.
 */
export function eventTimeOf(event: unknown, now: number): string | undefined {
  const named = eventTime.safeParse(eventSchema.safeParse(event, ONCE).data?.[EVENT_TIME]).data;
  if (named === undefined || asksLower(event)) return undefined;
  return Date.parse(named) <= now + EARLY_MS ? named : undefined;
}
