import type { ChangeRecord, Ending } from '../judge/outcome';

/** How one repair was attempted. */
export interface Attempted {
  readonly ending: Ending;
  /**
   * A write that might have been made; the tenant's log shows whether it was. It had no answer, or something other than
   * the API rejected it, or the API refused it and a second read could not confirm the refusal. `null` if there is no
   * such write.
   */
  readonly doubt: ChangeRecord | null;
  /** Auth0 refused the write for the whole tenant: it will refuse every other write too. */
  readonly concernsTenant: boolean;
}

/** An attempt with this ending, without a doubtful write unless one is passed. */
export function endWith(reached: Ending, doubt: ChangeRecord | null = null): Attempted {
  return { ending: reached, doubt, concernsTenant: false };
}
