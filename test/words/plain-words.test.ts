import { GLOSSARY } from '../../reference/glossary';
import { STUMBLES } from './plain-words';
import { proseOf, textFiles } from './texts';

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

test.each(FORBIDDEN)('no text uses the phrase "$phrase": write $write', ({ phrase }) => {
  const pattern = new RegExp(`(?<![\\w.'"#/-])${phrase.replaceAll(' ', '\\s+')}(?![\\w/(]|\\.\\w)`);
  expect(files.filter((file) => pattern.test(joinLines(proseOf(file))))).toEqual([]);
});

/** A phrase may go over the end of a line: comments continue with an asterisk or slashes. */
function joinLines(text: string): string {
  return text.replace(/\n\s*(\*|\/\/|>)? ?/g, '\n');
}
