import { keysOf } from '../../connection/tables';
import { SEVERITIES } from '../../contract';
import { type Finding, LIFECYCLES } from '../../judge/finding';
import { makeHarmless } from '../text/harmless';
import { html, type Markup } from '../text/markup';
import { nameOutcome, outcomesOf } from '../words/outcome';
import type { Advice } from './advice';

/** The most strategies in the list, because a strategy can be any text. The text filter finds the others. */
const STRATEGIES_SHOWN = 100;

type Choice = readonly [value: string, words: string];

/** The filters of the table. They are hidden until the script runs. */
export function writeFilters(findings: readonly Finding[], { numbers }: Advice): Markup {
  const severities = SEVERITIES.map((severity, index): Choice => [String(index), severity]);
  const strategies = [...new Set(findings.map(({ connection }) => makeHarmless(connection.strategy, 24)))].sort();
  const advices = new Set(findings.flatMap((finding) => numbers.get(finding) ?? []));
  const lives = keysOf(LIFECYCLES).filter((life) => findings.some(({ lifecycle }) => lifecycle === life));
  return html`<form id="filters" role="search" aria-label="Filter the findings" hidden>
<label class="wide">Text<input type="search" name="text" autocomplete="off" placeholder="name, id, person, value"></label>
${choose('severity', 'Severity', severities.filter(([, name]) => findings.some(({ severity }) => severity === name)).reverse())}
${choose(
  'strategy',
  'Strategy',
  strategies.slice(0, STRATEGIES_SHOWN).map((name): Choice => [name, name]),
)}
${choose(
  'outcome',
  'Outcome',
  outcomesOf(findings).map((outcome): Choice => [outcome, nameOutcome(outcome, findings)]),
)}
${choose(
  'life',
  'Lifecycle',
  lives.map((life): Choice => [life, life]),
)}
${choose(
  'advice',
  'What to do',
  [...advices].sort((a, b) => a - b).map((number): Choice => [String(number), String(number)]),
)}
<button type="reset">Clear</button>
<output for="findings"></output>
</form>`;
}

function choose(name: string, label: string, choices: readonly Choice[]): Markup {
  return html`<label>${label}<select name="${name}"><option value="">all</option>${choices.map(
    ([value, words]) => html`<option value="${value}">${words}</option>`,
  )}</select></label>`;
}
