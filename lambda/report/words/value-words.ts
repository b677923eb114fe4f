/** What is said of one public value; docs/reference.md has all of them. */
export interface ValueWords {
  /** A few words, for a subject or a cell of 14 columns. */
  readonly name: string;
  /** What it means. */
  readonly explanation: string;
  /** What a person does about it. */
  readonly remedy: string;
}
