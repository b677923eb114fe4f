/**
 * For `safeParse` of what is read once. At the first use zod compiles a parser for each object, which pays for itself by
 * repetition alone: connections are parsed with it, settings without.
 */
export const ONCE = { jitless: true } as const;
