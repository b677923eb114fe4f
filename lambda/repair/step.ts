/** How far a run is, for a person who watches it. */
export type Step =
  /** So many connections were listed and judged. */
  | { readonly kind: 'judged'; readonly done: number }
  /** So many repairs have ended, whatever each came to. */
  | { readonly kind: 'repaired'; readonly done: number; readonly left: number }
  /** The run waits so many milliseconds until the tenant's log shows its writes. */
  | { readonly kind: 'log_awaited'; readonly milliseconds: number }
  /** So many writes were read from the tenant's log, to find who made the last one to a connection. */
  | { readonly kind: 'log_read'; readonly writes: number }
  /** The result is kept, and told. */
  | { readonly kind: 'closing' };
