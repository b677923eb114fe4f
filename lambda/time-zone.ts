/**
 * The names without a slash in the tz database, which exist for older Unix systems (its files `etcetera` and
 * `backward`, version 2025b: https://data.iana.org/time-zones/). No new ones are added: a current name is an area and a
 * location (https://data.iana.org/time-zones/theory.html#naming).
 */
const WITHOUT_AREA = new Set([
  ...['CET', 'CST6CDT', 'Cuba', 'EET', 'EST', 'EST5EDT', 'Egypt', 'Eire', 'GB', 'GB-Eire', 'GMT', 'GMT+0', 'GMT-0'],
  ...['GMT0', 'Greenwich', 'HST', 'Hongkong', 'Iceland', 'Iran', 'Israel', 'Jamaica', 'Japan', 'Kwajalein', 'Libya'],
  ...['MET', 'MST', 'MST7MDT', 'NZ', 'NZ-CHAT', 'Navajo', 'PRC', 'PST8PDT', 'Poland', 'Portugal', 'ROC', 'ROK'],
  ...['Singapore', 'Turkey', 'UCT', 'UTC', 'Universal', 'W-SU', 'WET', 'Zulu'],
]);

/** The areas of the same version. ICU knows one more, `SystemV`, which the tz database removed in 2020. */
const WITH_AREA =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)(\/[A-Z](?![A-Z]{3})[\w+-]*)+$/;

/** Names that ICU keeps and the tz database removed in 2017 and 2020. */
const GIVEN_UP = new Set(['Canada/East-Saskatchewan', 'US/Pacific-New']);

/**
 * Whether a text is a name of the tz database, such as `Europe/Berlin`: EventBridge Scheduler accepts only these
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#time-zones). Intl accepts more: offsets
 * such as `+01:00`, any upper and lower case, and names of ICU such as `PST`, `IST` and `JST`.
 */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || GIVEN_UP.has(value)) return false;
  if (!WITHOUT_AREA.has(value) && !WITH_AREA.test(value)) return false;
  const known = spellingOf(value);
  return known !== undefined && (known === value || known.toLowerCase() !== value.toLowerCase());
}

/** The name that Intl uses for a time zone: the same name, the name that it is an alias of, or `undefined`. */
function spellingOf(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
