import path from 'node:path';
import { documents, readText } from '../words/texts';

const PAGES = documents().filter((file) =>
  /^(docs\/[^/]+|[^/]+|lib\/README|mutation\/README|bench\/.*)\.md$/.test(file),
);
/** Each paragraph of prose, without tables, lists, headings and code. */
const paragraphsOf = (file: string): readonly string[] =>
  readText(file)
    .replace(/^ *```.*?^ *```/gms, '')
    .split(/\n\s*\n/)
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter((part) => !/^([|#<]|[-*] |\d+\. )/.test(part));

test('the list of pages has the README, the runbook and the reference', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/runbook.md', 'docs/reference.md']));
});

test.each(PAGES)('%s opens with a paragraph that says what the page answers', (file) => {
  const [title = '', opening = ''] = readText(file).split(/\n\s*\n/);
  expect(title).toMatch(/^# \S/);
  expect(opening).not.toMatch(/^(\||#|<|>|- |```)/);
  expect(opening.split(/\s+/).length).toBeGreaterThan(6);
});

test('no page repeats a paragraph of another page', () => {
  const places = new Map<string, string[]>();
  for (const file of PAGES) {
    for (const paragraph of paragraphsOf(file).filter((text) => text.split(' ').length >= 8)) {
      places.set(paragraph, [...(places.get(paragraph) ?? []), file]);
    }
  }
  expect(places.size).toBeGreaterThan(200);
  expect([...places].filter(([, files]) => new Set(files).size > 1)).toEqual([]);
});

test('the README links to every page of the docs folder', () => {
  const linked = new Set([...readText('README.md').matchAll(/\]\((docs\/[\w-]+\.md)/g)].map(([, file]) => file));
  const pages = PAGES.filter((file) => path.posix.dirname(file) === 'docs');
  expect(pages.filter((file) => !linked.has(file))).toEqual([]);
});
