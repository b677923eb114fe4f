import { SERVICE } from '../../contract';
import type { Report } from '../../judge/report';
import type { AlertContext } from '../mail/next';
import { headlineWithin } from '../words/headline';
import { isListingCut } from '../words/incomplete';
import { describeChanges, isAllClear, isFirstRun } from '../words/lifecycle';
import { describeCoverage } from '../words/run';
import { countSettled, explainUnknownAuthors, orderForChat, writeBlocks } from './findings';
import { nextStepsInChat } from './next';
import { plainInChat, quoteInChat, quoteOursInChat } from './text';

/**
 * A custom notification of Amazon Q Developer in chat applications, for Slack and Teams:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html. Any other text on the topic is dropped there
 * without a word.
 */
export interface ChatNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    /** One thread for each tenant, where the channel allows threads. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** Slack takes 3,000 characters in one section of text (Block Kit reference), and more is not read in a channel. */
const DESCRIPTION_CHARACTERS = 2_900;
const TITLE_CHARACTERS = 140;

/** A run as a message in a channel: the verdict, the worst of it, and what to do. */
export function writeChat(report: Report, context: AlertContext = {}): ChatNotification {
  const { environment, runId, mode, complete } = report;
  return toNotification(
    { environment, tenant: report.tenant, id: runId },
    {
      verdict: headlineWithin(report, TITLE_CHARACTERS),
      description: describe(report),
      nextSteps: nextStepsInChat(report, context),
      context: { runId: plainInChat(runId), mode, complete: String(complete) },
    },
  );
}

export interface ChatText {
  readonly verdict: string;
  readonly description: string;
  readonly nextSteps: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}

/** The envelope, in which every name of ours is plain. */
export function toNotification(
  { environment, tenant, id }: { readonly environment: string; readonly tenant: string; readonly id: string },
  { verdict, description, nextSteps, context }: ChatText,
): ChatNotification {
  const title = `[${plainInChat(environment, 24)}] ${verdict}`;
  const host = plainInChat(tenant, 253);
  return {
    version: '1.0',
    source: 'custom',
    id: plainInChat(id),
    content: {
      textType: 'client-markdown',
      title,
      description,
      nextSteps,
      keywords: ['Auth0', plainInChat(environment, 24)],
    },
    metadata: {
      threadId: `${SERVICE}/${host}`,
      summary: title,
      eventType: SERVICE,
      relatedResources: [host],
      additionalContext: context,
    },
  };
}

function describe(report: Report): string {
  const lines = [
    `Tenant ${quoteOursInChat(report.tenant)}. ${describeCoverage(report)}`,
    ...(isAllClear(report) ? ['The weekly all-clear. Should it stay away, the audit does not run.'] : []),
    ...(isFirstRun(report) || isAllClear(report) ? [] : [`Changes: ${describeChanges(report)}.`]),
    ...(isFirstRun(report) && report.complete ? ['The first run: all it found, once.'] : []),
    ...describeTrouble(report),
    ...[countSettled(report)].filter((line) => line !== ''),
    ...explainUnknownAuthors(report),
  ];
  return fillRoom(lines, report);
}

function describeTrouble(report: Report): string[] {
  const { incomplete, complete, historyFailure } = report;
  const unseen = isListingCut(report)
    ? '*Not everything was seen. This is not an all-clear.*'
    : '*The run did not finish.*';
  return [
    ...(complete ? [] : [unseen]),
    ...(incomplete === null ? [] : [quoteInChat(incomplete.message, 400)]),
    ...(historyFailure === null ? [] : ['*The history failed.*', quoteInChat(historyFailure, 400)]),
  ];
}

/** As many findings as there is room for, and the number of the others; a block is begun only where a line of it fits. */
function fillRoom(head: readonly string[], report: Report): string {
  const open = orderForChat(report);
  const rest = (left: number): string => `and ${left} more; the full report has them all`;
  let text = head.join('\n');
  let shown = 0;
  for (const [title = '', ...lines] of writeBlocks(open.slice(0, MOST_SHOWN), report)) {
    let begin = `\n\n${title}`;
    for (const line of lines) {
      const added = `${begin}\n${line}`;
      if (text.length + added.length + rest(open.length).length + 2 > DESCRIPTION_CHARACTERS) {
        return `${text}\n\n${rest(open.length - shown)}`;
      }
      text += added;
      begin = '';
      shown += 1;
    }
  }
  return shown < open.length ? `${text}\n\n${rest(open.length - shown)}` : text;
}

/** More lines than a person reads in a channel. */
const MOST_SHOWN = 12;
