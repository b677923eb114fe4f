/** What docs/reference.md has one entry for each value of. */
export type ReferenceTopic =
  | 'finding'
  | 'outcome'
  | 'stop'
  | 'quarantine'
  | 'manual'
  | 'run-error'
  | 'notice'
  | 'notification'
  | 'change'
  | 'change-result';

/** The anchor of a value in docs/reference.md. Public: links to it must not break. */
export function anchorOf(topic: ReferenceTopic, value: string): string {
  return `${topic}-${value}`;
}

/** The entry of a value, in the folder of the docs. */
export function referenceLink(docsUrl: string, topic: ReferenceTopic, value: string): string {
  return `${docsUrl}/reference.md#${anchorOf(topic, value)}`;
}

/** The article of the runbook on an alarm or a word of a subject line, in the folder of the docs. */
export function runbookLink(docsUrl: string, article: string): string {
  return `${docsUrl}/runbook.md#${article}`;
}

/** Where readers find the docs. */
export interface DocsContext {
  /** The https address of the docs folder, without a slash at its end; without it nothing links there. */
  readonly docsUrl?: string | undefined;
}
