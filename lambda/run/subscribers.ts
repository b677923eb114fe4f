import type { Notice, TopicForPeople } from '../judge/notice';
import type { Subscribers, World } from './world';

/** The confirmed subscriptions of the topics for alerts and alarms. */
export interface Counted {
  /** Confirmed subscriptions of the alerts topic; `null` if they were not counted or the topic does not report them. */
  readonly subscribers: number | null;
  readonly notices: readonly Notice[];
}

export async function countSubscribers({ subscribers = {} }: Pick<World, 'subscribers'>): Promise<Counted> {
  const [alerts, alarms] = await Promise.all([
    countOn('alerts', subscribers.alerts),
    countOn('alarms', subscribers.alarms),
  ]);
  return { subscribers: alerts.subscribers, notices: [...alerts.notices, ...alarms.notices] };
}

/**
 * No one receives the alerts, although the environment names a recipient. SNS accepts a message even if it has no one
 * to deliver it to.
 */
export function isUnheard({ notices }: { readonly notices: readonly Notice[] }): boolean {
  return notices.some((notice) => notice.code === 'NOBODY_CONFIRMED' && notice.topic === 'alerts');
}

async function countOn(topic: TopicForPeople, of: Subscribers | undefined): Promise<Counted> {
  if (of === undefined) return { subscribers: null, notices: [] };
  const subscribers = await of.countConfirmed();
  if (subscribers === undefined) return { subscribers: null, notices: [{ code: 'SUBSCRIBERS_UNKNOWN', topic }] };
  const isNobody = of.isNamed && subscribers === 0;
  return { subscribers, notices: isNobody ? [{ code: 'NOBODY_CONFIRMED', topic }] : [] };
}
