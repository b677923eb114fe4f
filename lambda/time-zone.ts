/**
 * The names without a slash that the tz database has, for Unix systems of former times (its files `etcetera` and
 * `backward`, version 2025b: https://data.iana.org/time-zones/). It gets no new ones: a name is an area and a location
 * today (https://data.iana.org/time-zones/theory.html#naming).
 */
const WITHOUT_AREA = new Set([
  ...['CET', 'CST6CDT', 'Cuba', 'EET', 'EST', 'EST5EDT', 'Egypt', 'Eire', 'GB', 'GB-Eire', 'GMT', 'GMT+0', 'GMT-0'],
  ...['GMT0', 'Greenwich', 'HST', 'Hongkong', 'Iceland', 'Iran', 'Israel', 'Jamaica', 'Japan', 'Kwajalein', 'Libya'],
  ...['MET', 'MST', 'MST7MDT', 'NZ', 'NZ-CHAT', 'Navajo', 'PRC', 'PST8PDT', 'Poland', 'Portugal', 'ROC', 'ROK'],
  ...['Singapore', 'Turkey', 'UCT', 'UTC', 'Universal', 'W-SU', 'WET', 'Zulu'],
]);

/** The areas of the same version. ICU knows one more, `SystemV`, which the tz database gave up in 2020. */
const WITH_AREA =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)(\/[A-Z](?![A-Z]{3})[\w+-]*)+$/;

/** Names that ICU keeps and the tz database gave up in 2017 and 2020. */
const GIVEN_UP = new Set(['Canada/East-Saskatchewan', 'US/Pacific-New']);

/**
 * Whether a text is a name of the tz database, such as `Europe/Berlin`: EventBridge Scheduler takes these and no other
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#time-zones). Intl alone takes more:
 * offsets such as `+01:00`, any spelling of case, and names of ICU such as `PST`, `IST` and `JST`.
 */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || GIVEN_UP.has(value)) return false;
  if (!WITHOUT_AREA.has(value) && !WITH_AREA.test(value)) return false;
  const known = spellingOf(value);
  return known !== undefined && (known === value || known.toLowerCase() !== value.toLowerCase());
}

/** The name under which Intl knows a time zone: the same, one that it stands for, or `undefined`. */
function spellingOf(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
