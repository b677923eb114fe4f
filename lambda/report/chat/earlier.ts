import type { EarlierChange } from '../../judge/change';
import type { Report } from '../../judge/report';
import { undoCommand } from '../commands/npm';
import type { CommandPlace } from '../commands/place';
import {
  CHANGE_RESULT_WORDS,
  canBeUndone,
  countResults,
  describeChangedValue,
  describeChangeRun,
  explainChange,
  explainReason,
  groupByResult,
  isToCheck,
} from '../words/change';
import { CHANGE_HEADINGS, changesForPeople, countWrites, partChanges, resultsToCheck } from '../words/earlier';
import { listCommandInChat, quoteInChat, quoteOursInChat, quotePersonInChat } from './text';

/** The maximum length of this part: the findings of this run need space too. */
const CHARACTERS = 1_500;
/** The maximum number of commands in a chat message. */
const COMMANDS = 2;

/** Unreported writes of earlier runs, changes by operators, and each connection that an operator must check. */
export function describeEarlier(report: Report): string[] {
  const { ofRuns, ofPeople } = partChanges(changesForPeople(report));
  const lines = [
    ...describeChanges(`${CHANGE_HEADINGS.ofRuns}: ${countWrites(ofRuns)}`, ofRuns),
    ...describeChanges(`${CHANGE_HEADINGS.ofPeople}: ${ofPeople.length}`, ofPeople),
  ];
  let room = CHARACTERS;
  const cut = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return cut === -1 ? lines : [...lines.slice(0, cut), 'and more; the mail and the full report list all of them'];
}

function describeChanges(heading: string, changes: readonly EarlierChange[]): string[] {
  return changes.length === 0 ? [] : [`*${heading}*`, ...changes.flatMap(describeChange)];
}

function describeChange(earlier: EarlierChange): string[] {
  const { change } = earlier;
  const counts = countResults(change);
  const [reason] = explainReason(change, (text) => quoteInChat(text, 120));
  const words = [
    describeChangeRun(change, { author: quotePersonInChat, run: quoteOursInChat }),
    ...(counts === '' ? [] : [`${counts}.`]),
    explainChange(earlier),
    ...(reason === undefined ? [] : [reason]),
  ];
  const toCheck = groupByResult(change).filter((group) => group.isToCheck);
  return [
    words.join(' '),
    ...toCheck.flatMap(({ words: { name }, connections }) =>
      connections.map(
        (connection) =>
          `• ${quoteInChat(connection.name)} ${quoteInChat(connection.id, 40)} ${quoteInChat(connection.strategy, 24)}: ${name}, \`${describeChangedValue(connection)}\``,
      ),
    ),
  ];
}

/** What to do about unverified connections, and how to undo their run. */
export function listEarlierSteps(report: Report, commands: CommandPlace): string[] {
  const undoable = changesForPeople(report)
    .map(({ change }) => change)
    .filter((change) => isToCheck(change) && canBeUndone(change));
  return [
    ...resultsToCheck(report).map((result) => {
      const { name, remedy } = CHANGE_RESULT_WORDS[result];
      return `${name}: ${remedy}`;
    }),
    ...undoable
      .slice(0, COMMANDS)
      .flatMap(({ runId }) =>
        listCommandInChat('Undo that run (shows the changes and asks first):', undoCommand(commands, runId)),
      ),
  ];
}
