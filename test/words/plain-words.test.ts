import { GLOSSARY } from '../../reference/glossary';
import { STUMBLES } from './plain-words';
import { proseOfCode, proseOfDocument } from './prose';
import { readText, textFiles } from './texts';

const FORBIDDEN = [
  ...STUMBLES,
  ...Object.entries(GLOSSARY).flatMap(([term, { insteadOf = [] }]) =>
    insteadOf.map((phrase) => ({ phrase, write: `"${term}", as the glossary says` })),
  ),
];
/** The lists of the phrases, the glossary as a page, and decisions: no one edits a decision after it was made. */
const EXCEPTED = /^(reference\/glossary\.ts|test\/words\/plain-words\.ts|docs\/decisions\/.*)$/;
const files = textFiles().filter((file) => !EXCEPTED.test(file));

test('the check of phrases reads files of each folder with texts', () => {
  const folders = new Set(files.map((file) => file.split('/')[0]));
  expect([...folders]).toEqual(
    expect.arrayContaining(['README.md', 'cli', 'docs', 'lambda', 'lib', 'sandbox', 'test']),
  );
});

/** Not in a name, a path, a quotation or a call. */
const patternOf = (phrase: string) => new RegExp(`(?<![\\w.'"#/-])${phrase.replaceAll(' ', '\\s+')}(?![\\w/(]|\\.\\w)`);

test.each(FORBIDDEN)('no text uses the phrase "$phrase": write $write', ({ phrase }) => {
  const pattern = patternOf(phrase);
  const proseOf = (file: string) => (/\.(md|yml)$/.test(file) ? proseOfDocument : proseOfCode)(readText(file));
  expect(files.filter((file) => pattern.test(proseOf(file)))).toEqual([]);
});

const PHRASE = 'by the book';

test.each([
  ['a comment on one line', "// Fix it by the book.\nconst a = 'b';"],
  ['a comment over two lines', '/**\n * Fix it by\n * the book.\n */'],
  ['two line comments', '// Fix it by\n// the book.'],
  ['a string', "say('Fix it by the book.');"],
  ['a string with an apostrophe', `say("Fix the run's state by the book.");`],
  ['a template', 'say(`Fix it by the book.`);'],
  ['a string after a comment with an apostrophe', "// The run's end.\nsay('Fix it by the book.');"],
])('the check of phrases finds a phrase in %s', (_place, code) => {
  expect(proseOfCode(code)).toMatch(patternOf(PHRASE));
});

test.each([
  ['a code span of a comment', '// See `by the book`.'],
  ['the code between two strings', "say('a b') by the book say('c d')"],
])('the check of phrases finds no phrase in %s', (_place, code) => {
  expect(proseOfCode(code)).not.toMatch(patternOf(PHRASE));
});

test('the check of phrases finds a phrase over two lines of a document, and none in a code span', () => {
  expect(proseOfDocument('Fix it by\nthe book.')).toMatch(patternOf(PHRASE));
  expect(proseOfDocument('Fix it with `by the book`.')).not.toMatch(patternOf(PHRASE));
});
