/** Phrases that made readers stumble, each with what to write. */
export const STUMBLES = [
  { phrase: 'whoever', write: 'anyone who' },
  { phrase: 'whatever', write: 'any, or "in every case"' },
  {
    phrase: 'nobody (can|could|has|had|is|was|knows|hears|told|tells|will|who|did|does|reads|receives|says|relies)',
    write: 'no one, or a passive: "is unknown"',
  },
  { phrase: 'somebody', write: 'a person, an operator' },
  { phrase: 'by hand', write: 'manually' },
  { phrase: 'at once', write: 'immediately, or "at the same time"' },
  { phrase: 'beside', write: 'next to, with, in addition to' },
  { phrase: 'besides', write: 'in addition' },
  { phrase: 'anew', write: 'again' },
  { phrase: 'lately', write: 'recently' },
  { phrase: 'gives back', write: 'returns' },
  { phrase: 'stands for', write: 'means, represents' },
  { phrase: 'that which', write: 'a noun' },
  { phrase: 'of ours', write: 'of this auditor' },
  { phrase: 'gravest', write: 'most severe' },
] as const;
