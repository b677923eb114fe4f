import type { Claim, History } from './history';
import { attempt } from './memory';

/** Events remembered; a schedule delivers one again within hours, never after so many others. */
const REMEMBERED = 20;
const MAX_ATTEMPTS = 3;

/**
 * Claims an event of the schedule for a run until a time (milliseconds). True: another run has claimed it and has
 * reported, or may still be at work. A claim that cannot be read or written silences nobody.
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

/** Says that the run has reported the event. Where that cannot be written, a later delivery is reported again. */
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
