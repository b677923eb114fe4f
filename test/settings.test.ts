import {
  DEFAULT_CADENCE,
  DEFAULT_QUARANTINE,
  eventTimeOf,
  lowerMode,
  parseSettings,
  type Settings,
} from '../lambda/settings';

const GOOD = { name: 'prod', domain: 'example.eu.auth0.com', timeZone: 'Europe/Berlin', mode: 'report' };
const DOCS = 'https://github.com/acme/connection-auditor/blob/main/docs';

function read(value: unknown): Settings {
  const parsed = parseSettings(value, 'settings.json');
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  return parsed.settings;
}

function problemsOf(value: unknown): readonly string[] {
  const parsed = parseSettings(value, 'settings.json');
  return parsed.ok ? [] : parsed.problems;
}

describe('settings', () => {
  it('settings have these defaults and no other defaults', () => {
    expect(read(GOOD)).toEqual({
      ...GOOD,
      quarantine: { repairs: 3, days: 7 },
      cadence: { reminderDays: 7, weeklyAllClear: true },
      namePeople: true,
      securityHub: false,
      rateReservePercent: 20,
      namesReceiver: false,
    });
    expect([DEFAULT_QUARANTINE, DEFAULT_CADENCE]).toEqual([read(GOOD).quarantine, read(GOOD).cadence]);
  });

  it('settings are the same after they are read again', () => {
    const settings = read({ ...GOOD, caps: { maxChanges: 0, maxPercent: 0 }, docsUrl: `${DOCS}/` });
    expect(read(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  const ACCEPTED: readonly { claim: string; change: object; settings?: object }[] = [
    { claim: 'a rateReservePercent of 0 is accepted', change: { rateReservePercent: 0 } },
    { claim: 'a cap of 0 is accepted', change: { caps: { maxChanges: 0, maxPercent: 5 } } },
    { claim: 'a sandbox domain with http on loopback is accepted', change: { domain: 'http://127.0.0.1:4020' } },
    { claim: 'a domain under .invalid is accepted', change: { domain: 'your-tenant.invalid' } },
    { claim: 'an https address of a docs folder is accepted', change: { docsUrl: DOCS } },
    {
      claim: "a docs folder's trailing slash is dropped",
      change: { docsUrl: `${DOCS}/` },
      settings: { docsUrl: DOCS },
    },
    { claim: 'a docs folder at the root of a host is accepted', change: { docsUrl: 'https://docs.example.com' } },
    {
      claim: 'a docs folder on a port is accepted',
      change: { docsUrl: 'https://git.example.com:8443/-/blob/v1.2_a~b/docs' },
    },
    {
      claim: 'the https:// before and the slash after a domain are removed',
      change: { domain: 'https://login.Example.com/', canonicalDomain: 'HTTPS://example.eu.auth0.com' },
      settings: { domain: 'login.Example.com', canonicalDomain: 'example.eu.auth0.com' },
    },
    {
      claim: 'an undefined setting gets its default',
      change: { namePeople: undefined },
      settings: { namePeople: true },
    },
  ];
  it.each(ACCEPTED)('$claim', ({ change, settings }) => {
    expect(read({ ...GOOD, ...change })).toMatchObject(settings ?? change);
  });

  const REFUSED: readonly { path: string; change: object; says: string }[] = [
    { path: 'name', change: { name: undefined }, says: 'missing: found nothing; allowed: up to 32 lower-case' },
    { path: 'domain', change: { domain: 'http://example.com' }, says: 'allowed: a domain such as' },
    { path: 'canonicalDomain', change: { canonicalDomain: '' }, says: 'allowed: a domain such as' },
    { path: 'mode', change: { mode: 'Remediate' }, says: 'found "Remediate"; allowed: report, remediate' },
    { path: 'mode', change: { mode: undefined }, says: 'missing' },
    { path: 'timeZone', change: { timeZone: 'Mars/Olympus' }, says: 'not a name of the tz database' },
    { path: 'caps.maxChanges', change: { caps: { maxChanges: '5', maxPercent: 5 } }, says: 'a whole number from 0 to' },
    { path: 'caps.maxPercent', change: { caps: { maxChanges: 5 } }, says: 'missing' },
    { path: 'caps', change: { caps: null }, says: 'an object with the keys maxChanges, maxPercent' },
    { path: 'quarantine.repairs', change: { quarantine: { repairs: 0, days: 7 } }, says: 'from 1 to 100' },
    { path: 'quarantine.days', change: { quarantine: { repairs: 1, days: 1.5 } }, says: 'from 1 to 365' },
    { path: 'cadence.reminderDays', change: { cadence: { reminderDays: 0, weeklyAllClear: true } }, says: 'from 1 to' },
    { path: 'namePeople', change: { namePeople: 'false' }, says: 'true, false' },
    { path: 'securityHub', change: { securityHub: 'import' }, says: 'true, false' },
    { path: 'rateReservePercent', change: { rateReservePercent: 91 }, says: 'from 0 to 90' },
    { path: 'rateReservePercent', change: { rateReservePercent: Number.NaN }, says: 'from 0 to 90' },
    { path: 'recipients', change: { recipients: [] }, says: 'unknown key' },
  ];
  it.each(REFUSED)('the setting $path is refused in $change', ({ path, change, says }) => {
    const problems = problemsOf({ ...GOOD, ...change });
    expect(problems).toEqual([expect.stringContaining(says)]);
    expect(problems[0]).toMatch(new RegExp(`^settings\\.json: ${path.replace('.', '\\.')}: `));
  });

  it('every wrong setting is named in one error', () => {
    const problems = problemsOf({ mode: 'on', caps: {}, rateReservePercent: -1 });
    expect(problems.map((problem) => problem.split(': ')[1])).toEqual([
      'name',
      'domain',
      'timeZone',
      'mode',
      'caps.maxChanges',
      'caps.maxPercent',
      'rateReservePercent',
    ]);
  });

  it.each([undefined, null, 'report', []])('the value %j is refused as settings', (value) => {
    expect(problemsOf(value)).toEqual([expect.stringContaining('an object with the keys name, domain')]);
  });

  const NO_ADDRESS = [
    'http://example.com/docs',
    'example.com/docs',
    'javascript:alert(1)',
    'https://',
    'https:///docs',
    'https://user@example.com/docs',
    'https://user:word@example.com/docs',
    `${DOCS}?ref=main`,
    `${DOCS}#top`,
    `${DOCS}//runbook`,
    `${DOCS} runbook`,
    `${DOCS}\n`,
    `${DOCS}\t`,
    `${DOCS}\u202e`,
    `${DOCS}|here`,
    `${DOCS}>here`,
    `${DOCS}<b>`,
    `${DOCS}"`,
    `${DOCS}'`,
    `${DOCS}\``,
    `${DOCS}(x)`,
    `${DOCS}[x]`,
    `${DOCS}*`,
    `${DOCS}%0a`,
    `${DOCS}\\x`,
    `https://example.com/${'a'.repeat(300)}`,
    42,
    '',
  ];
  it.each(NO_ADDRESS)('the docsUrl %j is refused', (docsUrl) => {
    expect(problemsOf({ ...GOOD, docsUrl })[0]).toContain('allowed: the https address of the docs folder');
  });
});

describe('the mode of one run', () => {
  const EVENTS: readonly { event: unknown; mode: 'report' | 'remediate' }[] = [
    { event: undefined, mode: 'remediate' },
    { event: null, mode: 'remediate' },
    { event: {}, mode: 'remediate' },
    { event: 'report', mode: 'remediate' },
    { event: [], mode: 'remediate' },
    { event: { mode: 'remediate' }, mode: 'remediate' },
    { event: { mode: 'report' }, mode: 'report' },
    { event: { mode: 'REPORT' }, mode: 'report' },
    { event: { mode: 'Remediate' }, mode: 'report' },
    { event: { mode: '' }, mode: 'report' },
    { event: { mode: null }, mode: 'report' },
    { event: { mode: { $ne: null } }, mode: 'report' },
    { event: { mode: false }, mode: 'report' },
    { event: { mode: 'report', scheduledTime: '2026-11-23T04:30:00Z' }, mode: 'report' },
    { event: { scheduledTime: '2026-11-23T04:30:00Z' }, mode: 'remediate' },
  ];
  it.each(EVENTS)('a function in remediate mode with the event $event runs in $mode mode', ({ event, mode }) => {
    expect(lowerMode('remediate', event)).toBe(mode);
  });
  it.each(EVENTS)('a function in report mode with the event $event runs in report mode', ({ event }) => {
    expect(lowerMode('report', event)).toBe('report');
  });
});

describe('the scheduled time that an event names', () => {
  const time = '2026-11-23T04:30:00Z';
  const EVENTS: readonly { event: unknown; told: string | undefined }[] = [
    { event: { scheduledTime: time }, told: time },
    { event: { scheduledTime: time, mode: 'remediate' }, told: time },
    { event: { scheduledTime: time, mode: 'report' }, told: undefined },
    { event: { scheduledTime: '2026-11-23T04:36:00Z' }, told: '2026-11-23T04:36:00Z' },
    { event: { scheduledTime: '2026-11-23T04:36:01Z' }, told: undefined },
    { event: { scheduledTime: 'tonight' }, told: undefined },
    { event: undefined, told: undefined },
    { event: null, told: undefined },
    { event: {}, told: undefined },
    { event: time, told: undefined },
    { event: { mode: 'report' }, told: undefined },
    { event: { scheduledTime: '' }, told: undefined },
    { event: { scheduledTime: 0 }, told: undefined },
    { event: { scheduledTime: { $ne: null } }, told: undefined },
    { event: { scheduledTime: 'x'.repeat(65) }, told: undefined },
  ];
  it.each(EVENTS)('the scheduled time in the event $event is $told', ({ event, told }) => {
    expect(eventTimeOf(event, Date.parse('2026-11-23T04:31:00Z'))).toBe(told);
  });
});
