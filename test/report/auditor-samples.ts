import type { Notice } from '../../lambda/judge/notice';
import { ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { FIRST_RUN, NOTHING_CHANGED } from './five-runs';
import { DRIFTED, findingOf, reportOf } from './report-samples';

/** Runs with notices about the auditor itself: its recipients, and whether it is allowed to write. */

const { places, trend } = NOTHING_CHANGED;
const later = (change: Partial<Report>): Report => reportOf({ mode: 'remediate', places, trend, ...change });

/** The kill switch has been on `stop` for eight days. */
const STOP: Notice = { code: 'WRITES_STOPPED', since: '2026-11-15T21:09:00.000Z', why: 'stop' };

/** A first run whose alert no one receives. */
const NOBODY_HEARS: Report = {
  ...FIRST_RUN,
  subscribers: 0,
  notices: [{ code: 'NOBODY_CONFIRMED', topic: 'alerts' }],
};

/** The first run after a recipient confirmed. */
export const HEARD_AT_LAST: Report = {
  ...FIRST_RUN,
  subscribers: 1,
  notices: [{ code: 'RUNS_MISSED', runs: 2, since: '2026-11-21T04:30:00.000Z' }],
};

export const ALARMS_UNHEARD: Report = later({ notices: [{ code: 'NOBODY_CONFIRMED', topic: 'alarms' }] });

/** A run without repairs. */
export const STOPPED_ALL_CLEAR: Report = later({ notices: [STOP], telling: 'all_clear' });

const OPEN = DRIFTED.findings
  .filter(({ repair, exemption }) => repair.action === 'set' && exemption === null)
  .slice(0, 3)
  .map((finding) => ({ ...finding, ...ending('skipped_stopped', { stopped: 'kill_switch' }) }));

/** One connection drifted since the last run. Two findings are older than the stop. */
export const STOPPED_WITH_NEWS: Report = later({
  notices: [STOP],
  findings: OPEN.map((finding, index) =>
    index === 0 ? finding : { ...finding, lifecycle: 'open', firstSeen: '2026-11-13T04:30:00.000Z' },
  ),
});

export const STOPPED_REMINDER: Report = later({
  notices: [STOP],
  findings: OPEN.map((finding) => ({ ...finding, lifecycle: 'open', firstSeen: '2026-11-13T04:30:00.000Z' })),
  telling: 'reminder',
});

/** All notices together: the message of a neglected deployment. */
export const NEGLECTED: Report = later({
  notices: [
    { code: 'RUNS_MISSED', runs: 14, since: '2026-11-09T04:30:00.000Z' },
    { code: 'SUBSCRIBERS_UNKNOWN', topic: 'alerts' },
    { code: 'NOBODY_CONFIRMED', topic: 'alarms' },
    { code: 'WRITES_STOPPED', since: '2026-11-15T21:09:00.000Z', why: 'unreadable' },
  ],
  findings: [findingOf({ connection: { name: 'wingtip-oidc' } })],
});

/** The runs, by the names of their golden files. */
export const AUDITOR_RUNS: readonly (readonly [name: string, report: Report])[] = [
  ['nobody-hears', NOBODY_HEARS],
  ['heard-at-last', HEARD_AT_LAST],
  ['alarms-unheard', ALARMS_UNHEARD],
  ['writes-stopped-all-clear', STOPPED_ALL_CLEAR],
  ['writes-stopped', STOPPED_WITH_NEWS],
  ['writes-stopped-reminder', STOPPED_REMINDER],
  ['neglected', NEGLECTED],
];
