import nlp from 'compromise';

/**
 * @typedef {{ readonly normal: string, readonly post: string, readonly tags: readonly string[] }} Term
 */

/**
 * Names what the title of a test lacks to make sense alone, in one line of a log. A title needs a subject, then a verb:
 * "an unset value counts as on_each_login". The library `compromise` tags the words
 * (https://github.com/spencermountain/compromise). It misreads a few words of this project: `NOUNS` and `VERBS` have them.
 *
 * @param {string} title of one test, without its `describe`
 * @returns {string | undefined} `undefined` if the title lacks nothing
 */
export function whatIsMissing(title) {
  const terms = withoutOpening(termsOf(title));
  const [first, second] = terms;
  if (first === undefined) return 'a subject';
  const start = STARTS.find(({ matches }) => !NOUNS.has(first.normal) && matches(first, second));
  if (start !== undefined) return `a subject: it starts with ${start.name}`;
  return hasMainVerb(terms) ? undefined : 'a verb';
}

/** @type {readonly { readonly name: string, readonly matches: (first: Term, second: Term | undefined) => boolean }[]} */
const STARTS = [
  {
    name: 'a verb',
    matches: (first, second) =>
      (isVerb(first) && !isAdjective(first, second)) || (has(first, 'Plural') && isObject(second)),
  },
  { name: 'a conjunction', matches: (first) => has(first, 'Conjunction') },
  {
    name: 'a pronoun',
    matches: (first, second) => has(first, 'Pronoun') || (POINTERS.has(first.normal) && !isNamed(second)),
  },
  { name: 'a preposition', matches: (first) => has(first, 'Preposition') },
];

/** Nouns that are verbs elsewhere, with the names of commands: "explain shows the rule". */
const NOUNS = new Set(
  `access account alarm changes code drift explain line lines log mail messages offset outcomes report state stop
   tasks underscores undo unlock writes`.split(/\s+/),
);
/** Verbs that are nouns elsewhere. */
const VERBS = new Set(
  `add answers asks causes come complete conflicts contains costs count counts cover covers describes ends equals
   fails fills fire fits had has have increment inherits lacks leads leaves links lists loses match matches meets
   names needs points prints refuses repeat restores reports requests returns run runs sets share shows skips starts stay
   stays stop stops succeeds waits`.split(/\s+/),
);
/** A first clause with one of these is left out up to its comma: "in a first run, nothing is written". */
const OPENINGS = new Set(
  'after at before by for from if in on over under until when where while with without'.split(' '),
);
/** The verb after one of these belongs to a relative clause. */
const RELATIVE = new Set(['that', 'which', 'who', 'whose']);
/** They point to a noun of another sentence, unless a noun follows. */
const POINTERS = new Set('both either neither one others several that these this those what which'.split(' '));

/** @param {string} title */
function termsOf(title) {
  /** @type {readonly { readonly terms: readonly [Term] }[]} */
  const read = nlp(withNouns(title)).terms().json();
  return read.map(({ terms: [term] }) => term);
}

/**
 * Quoted text, code, file names and numbers become a noun: each can be a subject, and none is a verb.
 *
 * @param {string} title
 */
function withNouns(title) {
  return title
    .replace(/"[^"]*"|`[^`]*`|\{.*\}|\[[^\]]*\]/g, 'Acme')
    .replace(/\S*[\d_./=<>@#*?$&%\\|-]\S*|\b\w+[A-Z]\w*|\b[A-Z]{2,}\b/g, (word) =>
      /^[a-z]+-[a-z]+,?$/.test(word) ? word : word.endsWith(',') ? 'Acme,' : 'Acme',
    );
}

/** @param {readonly Term[]} terms */
function withoutOpening(terms) {
  if (!OPENINGS.has(terms[0]?.normal ?? '')) return terms;
  return terms.slice(terms.findIndex(({ post }) => post.includes(',')) + 1);
}

/**
 * Whether a verb is left after the first verb of each relative clause.
 *
 * @param {readonly Term[]} terms
 */
function hasMainVerb(terms) {
  let clauses = 0;
  for (const term of terms.slice(1)) {
    if (RELATIVE.has(term.normal)) clauses += 1;
    else if (!isVerb(term) && !VERBS.has(term.normal) && !(clauses > 0 && term.normal.endsWith('ed'))) continue;
    else if (clauses === 0) return true;
    else clauses -= 1;
  }
  return false;
}

/** @type {(term: Term, tag: string) => boolean} */
const has = (term, tag) => term.tags.includes(tag);
/** @type {(term: Term) => boolean} */
const isVerb = (term) => has(term, 'Verb') && !has(term, 'Gerund');
/** "refused credentials". @type {(first: Term, second: Term | undefined) => boolean} */
const isAdjective = (first, second) => first.normal.endsWith('ed') && second !== undefined && has(second, 'Noun');
/** "names the run": a verb that reads as a plural. @type {(term: Term | undefined) => boolean} */
const isObject = (term) =>
  term !== undefined && !RELATIVE.has(term.normal) && (has(term, 'Determiner') || has(term, 'QuestionWord'));
/** @type {(term: Term | undefined) => boolean} */
const isNamed = (term) => term !== undefined && (has(term, 'Noun') || has(term, 'Adjective') || has(term, 'Value'));
