import { isTimeZone } from '../lambda/time-zone';

describe('a name of the tz database', () => {
  test.each([
    ['an area and a location', 'Europe/Berlin'],
    ['a location within a location', 'America/Argentina/Buenos_Aires'],
    ['a location with capitals inside', 'Antarctica/DumontDUrville'],
    ['a location with hyphens', 'America/Port-au-Prince'],
    ['a new name of a zone', 'Europe/Kyiv'],
    ['a former name of a zone', 'Europe/Kiev'],
    ['a zone that is new in 2025', 'America/Coyhaique'],
    ['the name UTC', 'UTC'],
    ['UTC as a location', 'Etc/UTC'],
    ['a fixed offset', 'Etc/GMT+5'],
    ['a name of a country', 'US/Eastern'],
    ['a state that is written in capitals', 'Australia/NSW'],
    ['a name of Unix System V', 'EST5EDT'],
    ['an abbreviation that is a name', 'CET'],
  ])('%s is a time zone: %s', (_claim, name) => {
    expect(isTimeZone(name)).toBe(true);
  });
});

describe('a name that is not in the tz database', () => {
  test.each<[string, unknown]>([
    ['an abbreviation that ICU knows', 'PST'],
    ['an abbreviation that ICU knows', 'IST'],
    ['an abbreviation that ICU knows', 'JST'],
    ['an abbreviation of summer time', 'CEST'],
    ['an area of ICU', 'SystemV/EST5'],
    ['a removed name', 'US/Pacific-New'],
    ['a removed name', 'Canada/East-Saskatchewan'],
    ['a name in lower case', 'europe/berlin'],
    ['a name in upper case', 'EUROPE/BERLIN'],
    ['a location in upper case', 'Europe/BERLIN'],
    ['another name of a zone in upper case', 'US/EASTERN'],
    ['a word of a location in another case', 'Europe/Isle_Of_Man'],
    ['a word of a location in another case', 'America/Port-au-prince'],
    ['the name utc in lower case', 'utc'],
    ['a misspelt location', 'Europe/Berln'],
    ['a name of Windows', 'W. Europe Standard Time'],
    ['an offset', '+01:00'],
    ['an offset from UTC', 'UTC+1'],
    ['a placeholder of the tz database', 'Factory'],
    ['an empty text', ''],
    ['a name after a space', ' Europe/Berlin'],
    ['a number', 1],
  ])('%s is not a time zone: %s', (_claim, name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

test('every canonical name of Intl is a time zone', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((name) => !isTimeZone(name))).toEqual([]);
});

test('names of three capital letters are time zones only if the tz database has them', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const names = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
  expect(names.filter(isTimeZone)).toEqual(
    'CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' '), // tzdata.zi of version 2025b
  );
});
