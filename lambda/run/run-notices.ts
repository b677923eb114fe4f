import type { WriteSwitch } from '../contract';
import type { TenantState } from '../history/state';
import type { Notice, TopicForPeople } from '../judge/report';
import { DAY_MS } from '../policy/days';
import type { Audience, World } from './world';

/** Runs of one schedule are never exactly a day apart; a change of the clocks moves them by an hour. */
export const TOLERANCE_MS = DAY_MS / 12;

/** A last message in the future would mute every reminder: a clock was wrong, then or now. */
export function clockNotices({ lastTold }: TenantState, now: number): Notice[] {
  if (lastTold === null || Date.parse(lastTold) <= now + TOLERANCE_MS) return [];
  return [{ code: 'LAST_TOLD_IN_FUTURE', at: lastTold }];
}

/**
 * The runs of the function after the last one of which everybody was told: the trend has only those that were told. What
 * such a run wrote is in the state and is told by itself.
 */
export function missedNotices({ runs, trend }: TenantState): Notice[] {
  const lastTold = trend.at(-1);
  const told = new Set(trend.map(({ runId }) => runId));
  const missed = runs.filter(
    ({ runId, at, by }) =>
      by === null && !told.has(runId) && (lastTold === undefined || Date.parse(at) > Date.parse(lastTold.at)),
  );
  const [first] = missed;
  return first === undefined ? [] : [{ code: 'RUNS_MISSED', runs: missed.length, since: first.at }];
}

/** Who has confirmed that alerts and alarms reach them. */
export interface Listeners {
  /** Confirmed subscriptions of the alerts topic; `null` where nobody counted, or the topic does not tell. */
  readonly subscribers: number | null;
  readonly notices: readonly Notice[];
}

export async function countListeners({ audiences = {} }: World): Promise<Listeners> {
  const [alerts, alarms] = await Promise.all([
    countOn('alerts', audiences.alerts),
    countOn('alarms', audiences.alarms),
  ]);
  return { subscribers: alerts.subscribers, notices: [...alerts.notices, ...alarms.notices] };
}

async function countOn(topic: TopicForPeople, audience: Audience | undefined): Promise<Listeners> {
  if (audience === undefined) return { subscribers: null, notices: [] };
  const subscribers = await audience.countConfirmed();
  if (subscribers === undefined) return { subscribers: null, notices: [{ code: 'SUBSCRIBERS_UNKNOWN', topic }] };
  const isUnheard = audience.isNamed && subscribers === 0;
  return { subscribers, notices: isUnheard ? [{ code: 'NOBODY_CONFIRMED', topic }] : [] };
}

/** What the kill switch says of a run that may write. */
export interface Stopped {
  /** ISO 8601, UTC. */
  readonly since: string | null;
  readonly notices: readonly Notice[];
}

/** Asks the kill switch, also where nothing is to be written: else nobody would notice that it has been left on `stop`. */
export async function findStop(
  mayWrite: World['mayWrite'],
  { state, now }: { readonly state: TenantState; readonly now: number },
): Promise<Stopped> {
  const why = await mayWrite().catch((): WriteSwitch => 'unreadable');
  if (why === 'allow') return { since: null, notices: [] };
  const since = state.writesStoppedSince ?? new Date(now).toISOString();
  return { since, notices: [{ code: 'WRITES_STOPPED', since, why }] };
}
