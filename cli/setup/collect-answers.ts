import { fill } from '../../lambda/report/text/columns';
import { TargetError } from '../target-error';
import type { Terminal } from '../terminal';
import { completeAnswers, findWrongAnswers, type WrongAnswer } from './answers';
import { type Answers, type GivenAnswers, QUESTION_NAMES, QUESTIONS, type QuestionName } from './questions';

interface Collecting {
  /** The answers that were given as options. */
  readonly given: GivenAnswers;
  /** The operator is asked for the other answers. Without a terminal, these answers always get their defaults. */
  readonly isAsked: boolean;
  /** Problems that are not about the answers. */
  readonly problems: readonly string[];
  /** Why an environment cannot have this name. */
  readonly refuseName: (name: string) => string | undefined;
  readonly terminal: Pick<Terminal, 'ask' | 'note' | 'variables'>;
}

/**
 * Every answer, each without an error: from options, from the operator, otherwise its default. `undefined`: the operator
 * cancelled. Throws `TargetError`, which names every wrong option, before the first question.
 */
export async function collectAnswers(collecting: Collecting): Promise<Answers | undefined> {
  const { given, isAsked, terminal } = collecting;
  const { ask } = terminal;
  const answers = completeAnswers(given, terminal.variables);
  const open = QUESTION_NAMES.filter((name) => isAsked && ask !== undefined && given[name] === undefined);
  refuseWrong(answers, open, collecting);
  if (ask === undefined || open.length === 0) return answers;
  terminal.note('Enter accepts the answer in brackets. Ctrl-C cancels; nothing is written then.\n');
  let known = given;
  for (const name of open) {
    const soFar = completeAnswers(known, terminal.variables);
    // This question is only asked if the domain needs it: then an empty answer is an error.
    if (name === 'canonicalDomain' && wrongOf(name, soFar, collecting).length === 0) continue;
    const answer = await askUntilRight(name, soFar, collecting);
    if (answer === undefined) return undefined;
    known = { ...known, [name]: answer };
  }
  const all = completeAnswers(known, terminal.variables);
  // A typed domain can contradict a domain that was given as an option.
  refuseWrong(all, [], collecting);
  return all;
}

async function askUntilRight(name: QuestionName, known: Answers, collecting: Collecting): Promise<string | undefined> {
  const { ask, note } = collecting.terminal;
  const { prompt, none } = QUESTIONS[name];
  const fallback = known[name];
  const shown = fallback === '' ? none : fallback;
  for (;;) {
    const typed = await ask?.(`${prompt}${shown === undefined ? '' : ` [${shown}]`}: `, { isHidden: false });
    if (typed === undefined) return undefined;
    const answer = typed.trim() || fallback;
    const wrong = wrongOf(name, { ...known, [name]: answer }, collecting);
    if (wrong.length === 0) return answer;
    for (const { text } of wrong) note(fill(text, { first: '  ', columns: 80 }).join('\n'));
  }
}

function wrongOf(name: QuestionName, answers: Answers, collecting: Collecting): readonly WrongAnswer[] {
  return findWrong(answers, collecting).filter(({ question }) => question === name);
}

function findWrong(answers: Answers, { refuseName }: Collecting): readonly WrongAnswer[] {
  const wrong = findWrongAnswers(answers);
  const isNamed = !wrong.some(({ question }) => question === 'environment');
  const refusal = isNamed ? refuseName(answers.environment) : undefined;
  return refusal === undefined ? wrong : [...wrong, { question: 'environment', text: refusal }];
}

/** Throws for every wrong answer, except for questions that are still to be asked. */
function refuseWrong(answers: Answers, open: readonly QuestionName[], collecting: Collecting): void {
  const wrong = findWrong(answers, collecting).filter(({ question }) => !open.includes(question));
  const problems = [
    ...collecting.problems,
    ...wrong.map(({ question, text }) => `${QUESTIONS[question].option}: ${text}`),
  ];
  if (problems.length > 0) throw new TargetError(problems);
}
