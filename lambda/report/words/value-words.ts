/** The texts of one public value. docs/reference.md lists the texts of all values. */
export interface ValueWords {
  /** A short name, for a subject or a table cell of 14 columns. */
  readonly name: string;
  /** What it means. */
  readonly explanation: string;
  /** What an operator does about it. */
  readonly remedy: string;
}
