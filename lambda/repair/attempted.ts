import type { ChangeRecord, Ending } from '../judge/outcome';

/** How one repair was attempted. */
export interface Attempted {
  readonly ending: Ending;
  /**
   * A write that may yet have been made, which the tenant's log tells: nobody answered it, somebody other than the API
   * turned it away, or the API refused it in a way that a second read could not confirm. `null` where that is not so.
   */
  readonly doubt: ChangeRecord | null;
  /** Auth0 refused it for the whole tenant: it will refuse every other write too. */
  readonly concernsTenant: boolean;
}

/** An attempt that ended so, and leaves no doubt unless one is given. */
export function endWith(reached: Ending, doubt: ChangeRecord | null = null): Attempted {
  return { ending: reached, doubt, concernsTenant: false };
}
