import type { Told } from '../lambda/judge/change';
import { NOTIFICATIONS, type Report } from '../lambda/judge/report';
import { CallFault } from './faults';
import type { Begun } from './place';

/**
 * Publishes to recipients and then to consumers, as the function does. `isUnheard`: the topic has no confirmed
 * subscription.
 */
export async function publishAll(
  report: Report,
  own: Begun,
  { isUnheard, now }: { readonly isUnheard: boolean; readonly now: () => number },
) {
  const untold: string[] = [];
  const publish = async (to: keyof Told): Promise<boolean> => {
    try {
      await own.caller.call(`publish to ${to}: ${summaryOf(report)}`, () => {
        if (to === 'machines' || !isUnheard) own.told.push({ to, report, at: now() });
      });
      return true;
    } catch (error) {
      if (!(error instanceof CallFault)) throw error;
      untold.push(`${to}: ${error.kind}`);
      return false;
    }
  };
  const people = NOTIFICATIONS[report.telling].reachesPeople ? await publish('people') : true;
  const machines = await publish('machines');
  return { told: { people, machines }, untold };
}

/** The summary of a report for the trace. */
function summaryOf({ complete, earlierChanges, findings, telling }: Report): string {
  const outcomes = findings.map(({ outcome, stopped }) => stopped ?? outcome).join(' ');
  return `${complete ? 'complete' : 'INCOMPLETE'} ${telling}, ${earlierChanges.length} earlier, [${outcomes}]`;
}
