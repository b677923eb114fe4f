import { setTimeout as sleep } from 'node:timers/promises';
import { createSteadyClock } from '../../../lambda/steady-clock';
import { auditTenant, createStore } from '../../measured-tenant';
import { answerParent } from './answer-parent';

/** The default share of the rate limit that the deployed function leaves to other clients. */
const RESERVE_PERCENT = 20;

/** The real run with its ports and with a history in memory. */
answerParent(async ({ subject, domain, clientId, clientSecret, hasHistory }) => {
  const address = { origin: `https://${domain}`, credentials: { client_id: clientId, client_secret: clientSecret } };
  const clock = {
    now: createSteadyClock({ now: Date.now, elapsed: () => performance.now() }),
    sleep: (milliseconds: number) => sleep(milliseconds),
  };
  const store = createStore();
  const mode = subject === 'auditor-report' ? 'report' : 'remediate';
  const audit = () => auditTenant(address, clock, { mode, reservePercent: RESERVE_PERCENT, store });
  if (hasHistory) await audit();

  return async () => {
    const { complete, incomplete, coverage, findings } = await audit();
    const outcomes = new Map<string, number>();
    for (const { outcome } of findings) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    return {
      isComplete: complete,
      listed: coverage.listed,
      withoutOptions: 0,
      note: incomplete?.message ?? [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', '),
    };
  };
});
