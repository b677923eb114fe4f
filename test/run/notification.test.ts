import type { Cadence } from '../../lambda/contract';
import { type Aftermath, nextState } from '../../lambda/history/next-state';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import type { Finding } from '../../lambda/judge/finding';
import { ending, type QuarantineReason } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { decideNotification } from '../../lambda/run/notification';
import { clockNotices } from '../../lambda/run/run-notices';
import { DEFAULT_CADENCE, DEFAULT_QUARANTINE } from '../../lambda/settings';
import { changeOf, findingOf, madeChange, reportOf } from '../history/sample-record';

const NOW = Date.parse('2026-11-23T04:30:00.000Z');
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const hence = (milliseconds: number): string => new Date(NOW + milliseconds).toISOString();
const EXEMPTION = { reason: 'r', owner: 'o', ticket: 't', expires: '2026-12-31' };

const nothing: readonly Finding[] = [];
const open = (change: Partial<Finding> = {}): Finding => findingOf('con_1', { lifecycle: 'open', ...change });
const exempt = (change: Partial<Finding> = {}): Finding =>
  open({ exemption: EXEMPTION, ...ending('skipped_exempt'), ...change });
const refused = (): Finding => open(ending('failed', { refusal: 'Invalid certificate.' }));
const resting = (quarantine: QuarantineReason = 'refused'): Finding =>
  open(ending('quarantined', { quarantine, refusal: 'Invalid certificate.' }));
const hidden = { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN', ...ending('skipped_unsafe') } as const;

const TOLD: Aftermath = {
  ...{
    quarantine: DEFAULT_QUARANTINE,
    by: null,
    isProven: true,
    keptPolicy: null,
    listing: { listed: 60, sample: [] },
  },
  ...{ told: { people: true, machines: true }, isAllTold: true },
};

/** What a told run with these findings leaves. */
const afterRun = (findings: readonly Finding[], change: Partial<Report> = {}, state = EMPTY_STATE): TenantState =>
  nextState(state, reportOf(findings, { runId: 'earlier', finishedAt: hence(-DAY), ...change }), TOLD);
const tell = (
  findings: readonly Finding[],
  state: TenantState,
  change: Partial<Report> = {},
  cadence: Cadence = DEFAULT_CADENCE,
) => decideNotification(reportOf(findings, { finishedAt: hence(0), ...change }), state, { cadence, isLeaseFree: true });

describe('told at once', () => {
  const written = { change: changeOf() };
  it.each<[claim: string, findings: readonly Finding[], before: TenantState, change?: Partial<Report>]>([
    ['the first run, though it found nothing', nothing, EMPTY_STATE],
    ['the first complete run after incomplete ones', nothing, afterRun(nothing, { complete: false })],
    ['a run that is not complete', nothing, afterRun(nothing), { complete: false }],
    ['a run whose history failed', nothing, afterRun(nothing), { historyFailure: 'No answer.' }],
    [
      'a change of an earlier run that people have not heard of',
      nothing,
      afterRun(nothing),
      { earlierChanges: [{ change: madeChange([]), to: { people: true, machines: false } }] },
    ],
    [
      'a drop of the listing',
      nothing,
      afterRun(nothing),
      { notices: [{ code: 'LISTING_DROPPED', before: 9, now: 1 }] },
    ],
    ['a listing without connections', nothing, afterRun(nothing), { notices: [{ code: 'NO_CONNECTIONS' }] }],
    [
      'a last message in the future',
      nothing,
      afterRun(nothing),
      { notices: [{ code: 'LAST_TOLD_IN_FUTURE', at: hence(DAY) }] },
    ],
    ['a new finding', [findingOf('con_1')], afterRun(nothing)],
    ['one that is back', [open({ lifecycle: 'reopened' })], afterRun(nothing)],
    ['one that could not be seen', [findingOf('con_1', hidden)], afterRun(nothing)],
    [
      'one that could not be seen, permission or not',
      [findingOf('con_1', { ...hidden, exemption: EXEMPTION })],
      afterRun(nothing),
    ],
    ['a repair', [open(ending('remediated', written))], afterRun([open()])],
    ['a repair that failed', [open(ending('failed'))], afterRun([open(ending('failed'))])],
    ['one that was not verified', [open(ending('failed_verification', written))], afterRun([open()])],
    [
      'one that was not verified, exempt or not',
      [exempt(ending('failed_verification', written))],
      afterRun([exempt()]),
    ],
    ['a quarantine that begins', [open(ending('quarantined'))], afterRun([open()])],
    ['a connection that begins to rest after refusals', [resting()], afterRun([refused()])],
    ['a hold that begins', [open(ending('held'))], afterRun([open()])],
    ['an exemption that ended', [open()], afterRun([exempt()])],
    ['what someone else put right while the run went on', [open(ending('already_compliant'))], afterRun([open()])],
  ])('%s', (_, findings, before, change = {}) => {
    expect(tell(findings, before, change)).toBe('at_once');
  });
});

describe('not told', () => {
  it.each<[claim: string, findings: readonly Finding[], before: TenantState]>([
    ['nothing, as before', nothing, afterRun(nothing)],
    ['what stays open', [open()], afterRun([open()])],
    ['a quarantine that lasts', [open(ending('quarantined'))], afterRun([open(ending('quarantined'))])],
    ['a connection that goes on resting', [resting()], afterRun([resting()])],
    ['one that is refused again after it rested', [resting('refused_again')], afterRun([resting()])],
    ['one that rests after it was refused again', [resting()], afterRun([resting('refused_again')])],
    ['what is newly exempt', [exempt()], afterRun([open()])],
    ['new drift that is exempt from the start', [exempt({ lifecycle: 'new' })], afterRun(nothing)],
    ['what was resolved', nothing, afterRun([open()])],
  ])('%s', (_, findings, before) => {
    expect(tell(findings, before)).toBe('nothing_new');
  });

  it('a change of an earlier run that machines alone have not heard of', () => {
    const earlierChanges = [{ change: madeChange([]), to: { people: false, machines: true } }];
    expect(tell(nothing, afterRun(nothing), { earlierChanges })).toBe('nothing_new');
  });

  it.each(['constructor', '__proto__', 'toString'])('nor what stays open on a connection whose id is %s', (id) => {
    const finding = { ...open(), connection: { ...open().connection, id } };
    expect(tell([finding], afterRun([finding]))).toBe('nothing_new');
    expect(tell([finding], afterRun(nothing))).toBe('at_once');
  });
});

describe('a last message', () => {
  it.each([
    { claim: 'never', lastTold: null, isNamed: false },
    { claim: 'a day ago', lastTold: hence(-DAY), isNamed: false },
    { claim: 'in two hours, which two clocks explain', lastTold: hence(2 * HOUR), isNamed: false },
    { claim: 'in more than two hours', lastTold: hence(2 * HOUR + 1), isNamed: true },
    { claim: 'in a century', lastTold: hence(36_500 * DAY), isNamed: true },
  ])('dated $claim is named: $isNamed', ({ lastTold, isNamed }) => {
    const notices = clockNotices({ ...EMPTY_STATE, lastTold }, NOW);
    expect(notices).toEqual(isNamed ? [{ code: 'LAST_TOLD_IN_FUTURE', at: lastTold }] : []);
  });
});

describe('a reminder and the all-clear', () => {
  const toldAgo = (state: TenantState, ago: number): TenantState => ({ ...state, lastTold: hence(-ago) });
  const cadence = (change: Partial<Cadence>): Cadence => ({ ...DEFAULT_CADENCE, ...change });

  it.each([
    ['a day later', DAY, DEFAULT_CADENCE, 'nothing_new'],
    ['six days later', 6 * DAY, DEFAULT_CADENCE, 'nothing_new'],
    ['a week later', 7 * DAY, DEFAULT_CADENCE, 'reminder'],
    ['a week later, and the clocks went forward', 7 * DAY - HOUR, DEFAULT_CADENCE, 'reminder'],
    ['a day later, where every day is a reminder', DAY - HOUR, cadence({ reminderDays: 1 }), 'reminder'],
    ['a week later, where a month is', 7 * DAY, cadence({ reminderDays: 30 }), 'nothing_new'],
    ['without an all-clear all the same', 7 * DAY, cadence({ weeklyAllClear: false }), 'reminder'],
  ])('what stays open, %s', (_, ago, given, telling) => {
    expect(tell([open()], toldAgo(afterRun([open()]), ago), {}, given)).toBe(telling);
  });

  it.each([
    ['a day later', DAY, DEFAULT_CADENCE, 'nothing_new'],
    ['a week later', 7 * DAY, DEFAULT_CADENCE, 'all_clear'],
    ['a week later, and the clocks went forward', 7 * DAY - HOUR, DEFAULT_CADENCE, 'all_clear'],
    ['a week later, switched off', 7 * DAY, cadence({ weeklyAllClear: false }), 'nothing_new'],
  ])('all is well, %s', (_, ago, given, telling) => {
    expect(tell(nothing, toldAgo(afterRun(nothing), ago), {}, given)).toBe(telling);
    expect(tell([exempt()], toldAgo(afterRun([exempt()]), ago), {}, given)).toBe(telling);
  });

  it('are counted from the last message, not from the last run', () => {
    let state = afterRun([findingOf('con_1')], { finishedAt: hence(0) });
    const told: string[] = [];
    for (let day = 1; day <= 15; day += 1) {
      const report = reportOf([open()], { runId: `run-${day}`, finishedAt: hence(day * DAY) });
      const telling = decideNotification(report, state, { cadence: DEFAULT_CADENCE, isLeaseFree: true });
      if (telling !== 'nothing_new') told.push(`${day} ${telling}`);
      state = nextState(state, { ...report, telling }, TOLD);
    }
    expect(told).toEqual(['7 reminder', '14 reminder']);
  });
});

it('a week without news is no all-clear while another run reports an earlier change', () => {
  const change = madeChange([]);
  const claim = { by: 'another run', until: Date.parse(hence(DAY)) };
  const unreported = { [change.runId]: { change, people: true, machines: true, claim } };
  const before = afterRun(nothing, { finishedAt: hence(-8 * DAY) });
  expect([tell(nothing, before), tell(nothing, { ...before, unreported })]).toEqual(['all_clear', 'nothing_new']);
});

it('a week without news is no all-clear while a run holds the lease, or is left to be settled', () => {
  const state = afterRun(nothing, { finishedAt: hence(-8 * DAY) });
  const report = reportOf(nothing, { finishedAt: hence(0) });
  const tellings = [true, false].map((isLeaseFree) =>
    decideNotification(report, state, { cadence: DEFAULT_CADENCE, isLeaseFree }),
  );
  expect(tellings).toEqual(['all_clear', 'nothing_new']);
});
