import type { Finding } from '../../judge/finding';
import { isFailure, isResting, isSettled } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { groupBy } from '../text/group-by';
import { describeAuthor } from '../words/author';
import { describeDrift } from '../words/finding';
import { countLifecycles, isNewlyHeld, nameLifecycle } from '../words/lifecycle';
import { nameEnding, outcomesOf } from '../words/outcome';
import { quoteAuthorInChat, quoteInChat, wordInChat } from './text';

/**
 * Adds the findings that fit below a text, and the number of the remaining findings. A block starts only if at least
 * one of its lines fits.
 */
export function addFindings(head: string, report: Report, characters: number): string {
  const open = orderForChat(report);
  const rest = (left: number): string => `and ${left} more; the full report lists all of them`;
  let text = head;
  let shown = 0;
  for (const [title = '', ...lines] of writeBlocks(open.slice(0, MOST_SHOWN), report)) {
    let begin = `\n\n${title}`;
    for (const line of lines) {
      const added = `${begin}\n${line}`;
      if (text.length + added.length + rest(open.length).length + 2 > characters) {
        return `${text}\n\n${rest(open.length - shown)}`;
      }
      text += added;
      begin = '';
      shown += 1;
    }
  }
  return shown < open.length ? `${text}\n\n${rest(open.length - shown)}` : text;
}

/** The maximum number of findings in a chat message. */
const MOST_SHOWN = 12;

/** The open findings, most urgent first: failures, then new and reopened findings, then the rest. */
export function orderForChat({ findings }: Report): readonly Finding[] {
  const wrong = ({ outcome }: Finding): boolean => isFailure(outcome);
  const open = findings.filter((finding) => !isSettled(finding));
  const rank = (finding: Finding): number =>
    wrong(finding) ? 0 : finding.lifecycle === 'open' || isNewlyHeld(finding) ? 2 : 1;
  return open.toSorted((a, b) => rank(a) - rank(b));
}

/** One block per kind of finding: a heading, then one line per connection. */
function writeBlocks(findings: readonly Finding[], report: Report): readonly (readonly string[])[] {
  return groupBy(findings, (finding) => headOf(finding, report)).map((group) => [
    headOf(group[0], report),
    ...group.map((finding) => lineOf(finding, report)),
  ]);
}

function headOf(finding: Finding, { mode }: Report): string {
  const ending = mode === 'report' ? '' : ` (${nameEnding(finding)})`;
  return `*${finding.severity.toUpperCase()}* ${wordInChat(describeDrift(finding))}${ending}`;
}

function lineOf(finding: Finding, report: Report): string {
  const { connection, lifecycle, changedBy } = finding;
  const author = describeAuthor(changedBy, quoteAuthorInChat);
  const isSaid = (lifecycle === 'new' && countLifecycles(report.findings).open === 0) || isNewlyHeld(finding);
  const age = isSaid ? [] : [nameLifecycle(finding, report)];
  const more = [...age, ...(author === undefined ? [] : [author])].join(', ');
  return `• ${quoteInChat(connection.name)} ${quoteInChat(connection.id, 40)} ${quoteInChat(connection.strategy, 24)}${more === '' ? '' : `: ${more}`}`;
}

/** The maximum number of groups of held or paused connections. The mail has the rest. */
const HOLDS_SHOWN = 3;

/** The details of held connections (who holds them, since when), without duplicates. */
export function explainHolds({ findings }: Report): string[] {
  const held = findings.filter(({ outcome, detail }) => outcome === 'held' && detail !== null);
  const groups = groupBy(held, ({ detail }) => detail ?? '');
  return groups
    .slice(0, HOLDS_SHOWN)
    .map((group) => `*${group.length} held.* ${quoteInChat(group[0].detail ?? '', 200)}`);
}

/** Auth0's messages about connections that are paused after refusals, without duplicates. */
export function explainResting({ findings }: Report): string[] {
  const resting = groupBy(findings.filter(isResting), ({ refusal }) => refusal ?? '');
  return resting
    .slice(0, HOLDS_SHOWN)
    .map(
      (group) =>
        `*${group.length} paused after refusals:* ${namesIn(group)}. Auth0's message: ${quoteInChat(group[0].refusal ?? '', 300)}`,
    );
}

function namesIn(findings: readonly Finding[]): string {
  const names = findings.slice(0, NAMES_SHOWN).map(({ connection }) => quoteInChat(connection.name, 60));
  return [...names, ...(findings.length > NAMES_SHOWN ? [`and ${findings.length - NAMES_SHOWN} more`] : [])].join(', ');
}

const NAMES_SHOWN = 3;

/** `No action needed: 5 fixed, 1 already fixed.`: the outcomes of the settled findings. */
export function countSettled({ findings, resolved }: Report): string {
  const settled = findings.filter(isSettled);
  const counts = outcomesOf(settled).map((outcome) => {
    const number = settled.filter((finding) => finding.outcome === outcome).length;
    return `${number} ${nameEnding({ outcome, stopped: null })}`;
  });
  const parts = [...counts, ...(resolved.length > 0 ? [`${resolved.length} resolved since the last run`] : [])];
  return parts.length === 0 ? '' : `No action needed: ${parts.join(', ')}.`;
}
