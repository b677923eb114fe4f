/** The progress of a run, for an operator who watches it. */
export type Step =
  /** The number of connections that were listed and judged. */
  | { readonly kind: 'judged'; readonly done: number }
  /** The number of repairs that have ended, in any outcome. */
  | { readonly kind: 'repaired'; readonly done: number; readonly left: number }
  /** The run waits this many milliseconds until the tenant's log shows its writes. */
  | { readonly kind: 'log_awaited'; readonly milliseconds: number }
  /** The number of writes read from the tenant's log, to find the author of the last write to a connection. */
  | { readonly kind: 'log_read'; readonly writes: number }
  /** The run stores its result and sends messages. */
  | { readonly kind: 'closing' };
