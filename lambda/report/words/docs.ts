/** What docs/reference.md has one entry for each value of. */
export type ReferenceTopic = 'finding' | 'outcome' | 'stop' | 'manual' | 'run-error' | 'notice' | 'notification';

/** The articles of docs/runbook.md that messages and alarms point to, by their anchors. */
export type RunbookArticle = 'incomplete' | 'failed-verification' | 'held-and-quarantined';

/** The anchor of a value in docs/reference.md. Public: links to it must not break. */
export function anchorOf(topic: ReferenceTopic, value: string): string {
  return `${topic}-${value}`;
}

/** The entry of a value; `undefined` where the address of the docs is not known. */
export function referenceLink(docsUrl: string | undefined, topic: ReferenceTopic, value: string): string | undefined {
  return docsUrl === undefined ? undefined : `${docsUrl}/reference.md#${anchorOf(topic, value)}`;
}

export function runbookLink(docsUrl: string | undefined, article: RunbookArticle): string | undefined {
  return docsUrl === undefined ? undefined : `${docsUrl}/runbook.md#${article}`;
}
