import type { ChatNotification } from '../../../lambda/report/chat/chat';

/** A chat message approximately as a channel shows it, for readers of the golden files. */
export function asChannel({ content, metadata }: ChatNotification): string {
  return [
    `thread: ${metadata.threadId}`,
    `TITLE   ${content.title}`,
    '',
    content.description,
    '',
    ...content.nextSteps.map((step) => `NEXT    ${step}`),
    '',
    JSON.stringify({ ...metadata, keywords: content.keywords }, null, 1),
    '',
  ].join('\n');
}
