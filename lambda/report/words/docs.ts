/** The groups of public values. docs/reference.md has one entry for each value. */
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

/** The anchor of a value in docs/reference.md. Public: links to an anchor must not break. */
export function anchorOf(topic: ReferenceTopic, value: string): string {
  return `${topic}-${value}`;
}

/** The address of the entry of a value. `docsUrl`: address of the docs folder. */
export function referenceLink(docsUrl: string, topic: ReferenceTopic, value: string): string {
  return `${docsUrl}/reference.md#${anchorOf(topic, value)}`;
}

/** The address of the runbook's article on an alarm or a subject word. `docsUrl`: address of the docs folder. */
export function runbookLink(docsUrl: string, article: string): string {
  return `${docsUrl}/runbook.md#${article}`;
}

/** Where the docs are. */
export interface DocsContext {
  /** The https address of the docs folder, without a trailing slash. If unset, messages have no links to the docs. */
  readonly docsUrl?: string | undefined;
}
