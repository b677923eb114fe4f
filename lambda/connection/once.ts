/**
 * For `safeParse` of a value that is read one time. By default, zod compiles a parser for each object at the first use.
 * This is faster only for repeated use: connections are parsed with the compiled parser, settings without it.
 */
export const ONCE = { jitless: true } as const;
