import { type Problem, pathOf, policyProblem, show } from './problem';

/** What a baseline writes where a person has to say something. */
export const PLACEHOLDER = 'TO BE FILLED IN';

/** As people write it too. `TODO-12` may be a ticket, and `TODO-app` a connection. */
const LEFT = new RegExp(`${PLACEHOLDER}|(?<![\\w-])(TODO|TBD|FIXME|(REPLACE|CHANGE)[_ ]?ME)(?![\\w-])`);
/** In any case of letters, where a colon shows that it is none of the sentence's own words. */
const LED = /(?<![\w-])(to be filled in|todo|tbd|fixme|(replace|change)[_ ]?me)\s*:/i;
/** `<reason>`: as a template has it. */
const BRACKETED = /^\s*<[^<>]+>\s*$/;
const NOTHING_ELSE = /^\W*(to be filled in|todo|tbd|fixme|(replace|change)[_ -]?me)\W*$/i;

/** Every text at any depth that nobody has filled in; `whole` is the path of the value itself. */
export function checkPlaceholders(value: unknown, whole: string): Problem[] {
  return textsIn(value, [], new Set())
    .filter(({ text }) => [LEFT, LED, BRACKETED, NOTHING_ELSE].some((form) => form.test(text)))
    .map(({ text, keys }) =>
      policyProblem('PLACEHOLDER_LEFT', pathOf(keys, whole), {
        message: 'nobody has filled it in',
        found: show(text),
        allowed: "a reviewer's own words",
      }),
    );
}

interface Text {
  readonly text: string;
  readonly keys: readonly PropertyKey[];
}

/** An object that holds itself is seen once. */
function textsIn(value: unknown, keys: readonly PropertyKey[], seen: Set<object>): Text[] {
  if (typeof value === 'string') return [{ text: value, keys }];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const members: readonly (readonly [PropertyKey, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return members.flatMap(([key, member]) => textsIn(member, [...keys, key], seen));
}
