import type { ChatNotification } from '../../../lambda/report/chat/chat';

/** A chat message as a channel shows it, more or less: for people who look at golden files. */
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
