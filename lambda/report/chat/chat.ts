import { SERVICE } from '../../contract';
import { isResting, isSettled } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { inOneLine } from '../commands/command';
import { acceptEmptyCommand, auditCommand, retryCommand } from '../commands/npm';
import { type CommandPlace, commandPlaceOf } from '../commands/place';
import { REMEDY_COMMANDS } from '../commands/remedies';
import { docsLinksOf } from '../headline/docs-links';
import { headlineWithin } from '../headline/headline';
import {
  auditorNoticesOf,
  explainAuditorNotice,
  remedyForAuditorNotice,
  stepsFor,
  titleAuditorNotice,
} from '../words/auditor-notice';
import { explainUnknownAuthors } from '../words/author';
import { dashboardLink, dashboardPath } from '../words/dashboard';
import type { DocsContext } from '../words/docs';
import { explainEffect } from '../words/finding';
import { explainIncomplete, remedyFor, titleIncomplete } from '../words/incomplete';
import { describeChanges, isAllClear, isFirstRun, WEEKLY_ALL_CLEAR } from '../words/lifecycle';
import { describeNotice, stopsSaidBy, urgentNoticesOf } from '../words/notice';
import { RESTING_ADVICE, RETRY_NOW } from '../words/outcome';
import { fullReportOf } from '../words/places';
import { describeCoverage } from '../words/run';
import { explainStop, stopsOf } from '../words/stop';
import { describeEarlier, listEarlierSteps } from './earlier';
import { addFindings, countSettled, explainHolds, explainResting, orderForChat } from './findings';
import { listCommandInChat, plainInChat, quoteInChat, quoteOursInChat, wordInChat } from './text';

/**
 * A custom notification of Amazon Q Developer in chat applications, for Slack and Teams:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html. Amazon Q Developer silently drops any other text
 * on the topic.
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
    /** One thread per tenant, if the channel supports threads. */
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** Slack accepts 3,000 characters in one section of text (Block Kit reference). */
const DESCRIPTION_CHARACTERS = 2_900;
const TITLE_CHARACTERS = 140;

interface ChatContext extends DocsContext {
  /**
   * The place that the commands in the message apply to. Its region decides the console links.
   * @default the report's environment
   */
  readonly commands?: CommandPlace;
}

/** A run as a chat message: the verdict, the most severe findings, and what to do. */
export function writeChat(report: Report, context: ChatContext = {}): ChatNotification {
  const { environment, runId, mode, complete } = report;
  return toNotification(
    { environment, tenant: report.tenant, id: runId },
    {
      verdict: headlineWithin(report, TITLE_CHARACTERS),
      description: describe(report),
      nextSteps: listNextSteps(report, context),
      context: { runId: plainInChat(runId), mode, complete: String(complete) },
    },
  );
}

interface ChatText {
  readonly verdict: string;
  readonly description: string;
  readonly nextSteps: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}

/** The envelope. Names from our configuration are plain in it. */
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
    ...(isAllClear(report) ? [WEEKLY_ALL_CLEAR] : []),
    ...(isFirstRun(report) || isAllClear(report) ? [] : [`Changes: ${describeChanges(report)}.`]),
    ...(isFirstRun(report) && report.complete && report.findings.length > 0
      ? ['First run: all findings are new.']
      : []),
    ...auditorNoticesOf(report).map((notice) => `*${titleAuditorNotice(notice)}.* ${explainAuditorNotice(notice)}`),
    ...describeEarlier(report),
    ...describeTrouble(report),
    ...[countSettled(report)].filter((line) => line !== ''),
    ...explainHolds(report),
    ...explainResting(report),
    ...explainUnknownAuthors(report.findings),
  ];
  return addFindings(lines.join('\n'), report, DESCRIPTION_CHARACTERS);
}

function describeTrouble(report: Report): string[] {
  const { incomplete, complete, historyFailure } = report;
  return [
    ...(complete ? [] : [`*${titleIncomplete(report)}.* ${explainIncomplete(report)}`]),
    ...(incomplete === null ? [] : [quoteInChat(incomplete.message, 400)]),
    ...(historyFailure === null ? [] : ['*The history failed.*', quoteInChat(historyFailure, 400)]),
  ];
}

/** The next steps in order; empty if there is nothing to do. */
function listNextSteps(report: Report, { docsUrl, commands = commandPlaceOf(report) }: ChatContext): string[] {
  const { incomplete, findings } = report;
  const [worst] = orderForChat(report);
  const failed = findings.filter(({ outcome }) => outcome === 'failed_verification').length;
  const resting = findings.filter(isResting);
  const said = stopsSaidBy(report);
  const stops = stopsOf(findings).filter(({ stopped }) => !said.has(stopped));
  const full = fullReportOf(report, commands.region);
  const path = worst === undefined ? undefined : dashboardPath(worst.connection.strategy);
  const link = worst === undefined ? undefined : dashboardLink(report.canonicalHost, worst.connection);
  const [docs] = docsLinksOf(report, docsUrl);
  return [
    ...(failed > 0
      ? [`Check now that users can sign in through the connections that were not verified (${failed}).`]
      : []),
    ...listEarlierSteps(report, commands),
    ...(incomplete === null ? [] : [wordInChat(remedyFor(incomplete.reason))]),
    ...(incomplete?.reason === 'listing_empty'
      ? listCommandInChat('If the tenant has no connections, confirm it:', acceptEmptyCommand(commands))
      : []),
    ...listAuditorSteps(report, commands),
    ...urgentNoticesOf(report).map((notice) => describeNotice(notice, report.mode)),
    ...stops.map(({ stopped }) => explainStop(stopped)),
    ...(resting.length === 0 ? [] : [RESTING_ADVICE]),
    ...listCommandInChat(
      RETRY_NOW,
      retryCommand(
        commands,
        resting.map(({ connection }) => connection.id),
      ),
    ),
    ...(worst === undefined
      ? []
      : [
          `Why it matters (first finding): ${wordInChat(explainEffect(worst))}`,
          ...(path === undefined
            ? []
            : [`Where to look (first finding): ${[path, ...(link === undefined ? [] : [link.address])].join(' ')}`]),
        ]),
    ...(docs === undefined ? [] : [`What it means (${wordInChat(docs.label)}): ${docs.address}`]),
    ...(findings.every(isSettled) ? [] : listCommandInChat('List all findings (read-only):', auditCommand(commands))),
    ...(full === undefined ? [] : [`Full report: ${full.link ?? quoteOursInChat(full.address, 500)}`]),
  ];
}

/** Each remedy with its command. */
function listAuditorSteps(report: Report, commands: CommandPlace): string[] {
  return auditorNoticesOf(report).map((notice) => {
    const [step] = stepsFor([notice]);
    const command = step === undefined ? undefined : REMEDY_COMMANDS[step.command](commands);
    const remedy = remedyForAuditorNotice(notice);
    return command === undefined ? remedy : `${remedy} \`${inOneLine(command)}\``;
  });
}
