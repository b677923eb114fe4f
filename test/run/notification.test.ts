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

/** The state after a reported run with these findings. */
const afterRun = (findings: readonly Finding[], change: Partial<Report> = {}, state = EMPTY_STATE): TenantState =>
  nextState(state, reportOf(findings, { runId: 'earlier', finishedAt: hence(-DAY), ...change }), TOLD);
const tell = (
  findings: readonly Finding[],
  state: TenantState,
  change: Partial<Report> = {},
  cadence: Cadence = DEFAULT_CADENCE,
) => decideNotification(reportOf(findings, { finishedAt: hence(0), ...change }), state, { cadence, isLeaseFree: true });

describe('an alert that is sent immediately', () => {
  const written = { change: changeOf() };
  it.each<[claim: string, findings: readonly Finding[], before: TenantState, change?: Partial<Report>]>([
    ['the first run sends an alert, even without findings', nothing, EMPTY_STATE],
    ['the first complete run after incomplete runs sends an alert', nothing, afterRun(nothing, { complete: false })],
    ['an incomplete run sends an alert', nothing, afterRun(nothing), { complete: false }],
    ['a run whose history failed sends an alert', nothing, afterRun(nothing), { historyFailure: 'No answer.' }],
    [
      'a change of an earlier run that recipients have not received sends an alert',
      nothing,
      afterRun(nothing),
      { earlierChanges: [{ change: madeChange([]), to: { people: true, machines: false } }] },
    ],
    [
      'a dropped listing sends an alert',
      nothing,
      afterRun(nothing),
      { notices: [{ code: 'LISTING_DROPPED', before: 9, now: 1 }] },
    ],
    [
      'a listing without connections sends an alert',
      nothing,
      afterRun(nothing),
      { notices: [{ code: 'NO_CONNECTIONS' }] },
    ],
    [
      'a time of the last message in the future sends an alert',
      nothing,
      afterRun(nothing),
      { notices: [{ code: 'LAST_TOLD_IN_FUTURE', at: hence(DAY) }] },
    ],
    ['a new finding sends an alert', [findingOf('con_1')], afterRun(nothing)],
    ['a reopened finding sends an alert', [open({ lifecycle: 'reopened' })], afterRun(nothing)],
    ['an indeterminate finding sends an alert', [findingOf('con_1', hidden)], afterRun(nothing)],
    [
      'an exempt indeterminate finding sends an alert',
      [findingOf('con_1', { ...hidden, exemption: EXEMPTION })],
      afterRun(nothing),
    ],
    ['a verified repair sends an alert', [open(ending('remediated', written))], afterRun([open()])],
    ['a failed repair sends an alert', [open(ending('failed'))], afterRun([open(ending('failed'))])],
    [
      'a repair with failed verification sends an alert',
      [open(ending('failed_verification', written))],
      afterRun([open()]),
    ],
    [
      'a repair with failed verification of an exempt connection sends an alert',
      [exempt(ending('failed_verification', written))],
      afterRun([exempt()]),
    ],
    ['a quarantine that begins sends an alert', [open(ending('quarantined'))], afterRun([open()])],
    ['a connection that is newly paused after refusals sends an alert', [resting()], afterRun([refused()])],
    ['a hold that begins sends an alert', [open(ending('held'))], afterRun([open()])],
    ['an exemption that ended sends an alert', [open()], afterRun([exempt()])],
    [
      'a connection that was already fixed during the run sends an alert',
      [open(ending('already_compliant'))],
      afterRun([open()]),
    ],
  ])('%s', (_, findings, before, change = {}) => {
    expect(tell(findings, before, change)).toBe('at_once');
  });
});

describe('a run without an alert', () => {
  it.each<[claim: string, findings: readonly Finding[], before: TenantState]>([
    ['a second run without findings sends no alert', nothing, afterRun(nothing)],
    ['a finding that stays open sends no alert', [open()], afterRun([open()])],
    [
      'a quarantine that continues sends no alert',
      [open(ending('quarantined'))],
      afterRun([open(ending('quarantined'))]),
    ],
    ['a connection that stays paused sends no alert', [resting()], afterRun([resting()])],
    ['a paused connection that is refused again sends no alert', [resting('refused_again')], afterRun([resting()])],
    [
      'a connection that is paused after it was refused again sends no alert',
      [resting()],
      afterRun([resting('refused_again')]),
    ],
    ['a newly exempt finding sends no alert', [exempt()], afterRun([open()])],
    ['a new finding that is exempt from the start sends no alert', [exempt({ lifecycle: 'new' })], afterRun(nothing)],
    ['a resolved finding sends no alert', nothing, afterRun([open()])],
  ])('%s', (_, findings, before) => {
    expect(tell(findings, before)).toBe('nothing_new');
  });

  it('a change of an earlier run that only consumers have not received sends no alert', () => {
    const earlierChanges = [{ change: madeChange([]), to: { people: false, machines: true } }];
    expect(tell(nothing, afterRun(nothing), { earlierChanges })).toBe('nothing_new');
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'a finding that stays open sends no alert for the connection id %s',
    (id) => {
      const finding = { ...open(), connection: { ...open().connection, id } };
      expect(tell([finding], afterRun([finding]))).toBe('nothing_new');
      expect(tell([finding], afterRun(nothing))).toBe('at_once');
    },
  );
});

describe('the time of the last message', () => {
  it.each([
    { claim: 'never', lastTold: null, isNamed: false },
    { claim: 'a day ago', lastTold: hence(-DAY), isNamed: false },
    { claim: 'in two hours (clock tolerance)', lastTold: hence(2 * HOUR), isNamed: false },
    { claim: 'in more than two hours', lastTold: hence(2 * HOUR + 1), isNamed: true },
    { claim: 'in a century', lastTold: hence(36_500 * DAY), isNamed: true },
  ])('a last message dated $claim is reported: $isNamed', ({ lastTold, isNamed }) => {
    const notices = clockNotices({ ...EMPTY_STATE, lastTold }, NOW);
    expect(notices).toEqual(isNamed ? [{ code: 'LAST_TOLD_IN_FUTURE', at: lastTold }] : []);
  });
});

describe('reminder and all-clear', () => {
  const toldAgo = (state: TenantState, ago: number): TenantState => ({ ...state, lastTold: hence(-ago) });
  const cadence = (change: Partial<Cadence>): Cadence => ({ ...DEFAULT_CADENCE, ...change });

  it.each([
    ['a day later', DAY, DEFAULT_CADENCE, 'nothing_new'],
    ['six days later', 6 * DAY, DEFAULT_CADENCE, 'nothing_new'],
    ['a week later', 7 * DAY, DEFAULT_CADENCE, 'reminder'],
    ['a week later after a change to summer time', 7 * DAY - HOUR, DEFAULT_CADENCE, 'reminder'],
    ['a day later with reminderDays 1', DAY - HOUR, cadence({ reminderDays: 1 }), 'reminder'],
    ['a week later with reminderDays 30', 7 * DAY, cadence({ reminderDays: 30 }), 'nothing_new'],
    ['a week later with weeklyAllClear false', 7 * DAY, cadence({ weeklyAllClear: false }), 'reminder'],
  ])('the notification for an open finding %s is correct', (_, ago, given, telling) => {
    expect(tell([open()], toldAgo(afterRun([open()]), ago), {}, given)).toBe(telling);
  });

  it.each([
    ['a day later', DAY, DEFAULT_CADENCE, 'nothing_new'],
    ['a week later', 7 * DAY, DEFAULT_CADENCE, 'all_clear'],
    ['a week later after a change to summer time', 7 * DAY - HOUR, DEFAULT_CADENCE, 'all_clear'],
    ['a week later with weeklyAllClear false', 7 * DAY, cadence({ weeklyAllClear: false }), 'nothing_new'],
  ])('the notification without open findings %s is correct', (_, ago, given, telling) => {
    expect(tell(nothing, toldAgo(afterRun(nothing), ago), {}, given)).toBe(telling);
    expect(tell([exempt()], toldAgo(afterRun([exempt()]), ago), {}, given)).toBe(telling);
  });

  it('reminders are counted from the last message, not from the last run', () => {
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

it('a week without news gives no all-clear while another run reports an earlier change', () => {
  const change = madeChange([]);
  const claim = { by: 'another run', until: Date.parse(hence(DAY)) };
  const unreported = { [change.runId]: { change, people: true, machines: true, claim } };
  const before = afterRun(nothing, { finishedAt: hence(-8 * DAY) });
  expect([tell(nothing, before), tell(nothing, { ...before, unreported })]).toEqual(['all_clear', 'nothing_new']);
});

it('a week without news gives no all-clear while the lease is not free', () => {
  const state = afterRun(nothing, { finishedAt: hence(-8 * DAY) });
  const report = reportOf(nothing, { finishedAt: hence(0) });
  const tellings = [true, false].map((isLeaseFree) =>
    decideNotification(report, state, { cadence: DEFAULT_CADENCE, isLeaseFree }),
  );
  expect(tellings).toEqual(['all_clear', 'nothing_new']);
});
