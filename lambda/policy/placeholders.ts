import { type Problem, pathOf, policyProblem, show } from './problem';

/** What a baseline writes where an operator has to fill in a text. */
export const PLACEHOLDER = 'TO BE FILLED IN';

/** Also the usual words in capitals. `TODO-12` can be a ticket, and `TODO-app` a connection. */
const LEFT = new RegExp(`${PLACEHOLDER}|(?<![\\w-])(TODO|TBD|FIXME|(REPLACE|CHANGE)[_ ]?ME)(?![\\w-])`);
/** In upper or lower case, if a colon shows that the words are not part of a sentence. */
const LED = /(?<![\w-])(to be filled in|todo|tbd|fixme|(replace|change)[_ ]?me)\s*:/i;
/** `<reason>`, as in a template. */
const BRACKETED = /^\s*<[^<>]+>\s*$/;
const NOTHING_ELSE = /^\W*(to be filled in|todo|tbd|fixme|(replace|change)[_ -]?me)\W*$/i;

/** Finds every text, at any depth, that is still a placeholder. `whole` is the path of the value itself. */
export function checkPlaceholders(value: unknown, whole: string): Problem[] {
  return textsIn(value, [], new Set())
    .filter(({ text }) => [LEFT, LED, BRACKETED, NOTHING_ELSE].some((form) => form.test(text)))
    .map(({ text, keys }) =>
      policyProblem('PLACEHOLDER_LEFT', pathOf(keys, whole), {
        message: 'this text is still a placeholder',
        found: show(text),
        allowed: 'your own text in place of the placeholder',
      }),
    );
}

interface Text {
  readonly text: string;
  readonly keys: readonly PropertyKey[];
}

/** An object that contains itself is read one time. */
function textsIn(value: unknown, keys: readonly PropertyKey[], seen: Set<object>): Text[] {
  if (typeof value === 'string') return [{ text: value, keys }];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const members: readonly (readonly [PropertyKey, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return members.flatMap(([key, member]) => textsIn(member, [...keys, key], seen));
}
