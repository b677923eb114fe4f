import type { Claim, History } from './history';
import { attempt } from './memory';

/** The number of events kept. A schedule delivers an event again within hours, never after this many other events. */
const REMEMBERED = 20;
const MAX_ATTEMPTS = 3;

/**
 * Claims an event of the schedule for a run until a time (milliseconds). `true`: another run has claimed the event, and
 * has reported it or might still be in progress. If claims cannot be read or written, the run sends its messages.
 */
export function isClaimedByAnother(history: History, claim: Claim, now: number): Promise<boolean> {
  return attempt(
    async () => {
      for (let tried = 1; tried <= MAX_ATTEMPTS; tried += 1) {
        const { claims, version } = await history.readClaims();
        const earlier = claims.find(({ event }) => event === claim.event);
        const isTaken = earlier !== undefined && (earlier.until === null || earlier.until > now);
        if (isTaken && earlier.runId !== claim.runId) return true;
        if (await history.writeClaims(withClaim(claims, claim), version)) return false;
      }
      return false;
    },
    () => false,
  );
}

/** Stores that the run has reported the event. If this cannot be written, a later delivery is reported again. */
export function endClaim(history: History, claim: Omit<Claim, 'until'>): Promise<boolean> {
  return attempt(
    async () => {
      const { claims, version } = await history.readClaims();
      return history.writeClaims(withClaim(claims, { ...claim, until: null }), version);
    },
    () => false,
  );
}

function withClaim(claims: readonly Claim[], claim: Claim): readonly Claim[] {
  return [...claims.filter(({ event }) => event !== claim.event), claim].slice(-REMEMBERED);
}
