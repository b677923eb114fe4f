import nlp from 'compromise';

/**
 * @typedef {{ readonly normal: string, readonly post: string, readonly tags: readonly string[] }} Term
 */

/**
 * Names what the title of a test lacks to make sense alone, in one line of a log. A title needs a subject, then a verb:
 * "an unset value counts as on_each_login". The library `compromise` tags the words
 * (https://github.com/spencermountain/compromise). It misreads a few titles: reword these.
 *
 * @param {string} title of one test, without its `describe`
 * @returns {string | undefined} `undefined` if the title lacks nothing
 */
export function whatIsMissing(title) {
  const terms = withoutOpening(termsOf(title));
  const [first, second] = terms;
  if (first === undefined) return 'a subject';
  const start = STARTS.find(({ matches }) => matches(first, second));
  if (start !== undefined) return `a subject: it starts with ${start.name}`;
  const verbs = terms.filter((term, place) => isVerb(term) || isSecondVerb(term, terms[place - 1])).length;
  const clauses = terms.slice(1).filter(({ normal }) => RELATIVE.has(normal)).length;
  return verbs > clauses ? undefined : 'a verb';
}

/** @type {readonly { readonly name: string, readonly matches: (first: Term, second: Term | undefined) => boolean }[]} */
const STARTS = [
  { name: 'a verb', matches: (first, second) => isVerb(first) || (has(first, 'Plural') && isObject(second)) },
  { name: 'a conjunction', matches: (first) => has(first, 'Conjunction') },
  {
    name: 'a pronoun',
    matches: (first, second) => has(first, 'Pronoun') || (POINTERS.has(first.normal) && !isNamed(second)),
  },
  { name: 'a preposition', matches: (first) => has(first, 'Preposition') },
];

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
    .replace(/"[^"]*"|`[^`]*`|\{.*\}|\[.*\]/g, 'Acme')
    .replace(/\S*[\d_./=<>@#*?$&%\\|-]\S*|\b\w+[A-Z]\w*|\b[A-Z]{2,}\b/g, (word) =>
      /^[a-z]+-[a-z]+,?$/.test(word) ? word : word.endsWith(',') ? 'Acme,' : 'Acme',
    );
}

/** @param {readonly Term[]} terms */
function withoutOpening(terms) {
  if (!OPENINGS.has(terms[0]?.normal ?? '')) return terms;
  return terms.slice(terms.findIndex(({ post }) => post.includes(',')) + 1);
}

/** @type {(term: Term, tag: string) => boolean} */
const has = (term, tag) => term.tags.includes(tag);
/** @type {(term: Term) => boolean} */
const isVerb = (term) => has(term, 'Verb') && !has(term, 'Gerund');
/** "a run that fails changes nothing": the second verb reads as a plural. @type {(term: Term, before: Term | undefined) => boolean} */
const isSecondVerb = (term, before) => has(term, 'Plural') && before !== undefined && isVerb(before);
/** "names the run": a verb that reads as a plural. @type {(term: Term | undefined) => boolean} */
const isObject = (term) =>
  term !== undefined && !RELATIVE.has(term.normal) && (has(term, 'Determiner') || has(term, 'QuestionWord'));
/** @type {(term: Term | undefined) => boolean} */
const isNamed = (term) => term !== undefined && (has(term, 'Noun') || has(term, 'Adjective') || has(term, 'Value'));
