import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GLOSSARY } from '../../reference/glossary';
import { writeReference } from '../../reference/reference';

const chapters = [...writeReference().matchAll(/^## (.*)$/gm)].map(([, title]) => title);
const words = Object.keys(GLOSSARY);

test('each chapter of the reference lists the values of exactly one word of the glossary', () => {
  const listed = Object.values(GLOSSARY).flatMap((word) => word.chapters ?? []);
  expect([...listed, 'Glossary'].toSorted()).toEqual(chapters.toSorted());
});

test('the words of the glossary are in alphabetical order', () => {
  expect(words).toEqual(words.toSorted());
});

test('no word of the glossary is forbidden by another word', () => {
  const forbidden = new Set(Object.values(GLOSSARY).flatMap(({ insteadOf = [] }) => insteadOf));
  expect(words.filter((word) => forbidden.has(word))).toEqual([]);
});

test('the documents use each word of the glossary', () => {
  const folder = path.join(__dirname, '../../docs');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'reference.md');
  const text = names.map((name) => readFileSync(path.join(folder, name), 'utf8').toLowerCase()).join('\n');
  expect(words.filter((word) => !new RegExp(`\\b${word.replace(/y$/, '(y|ies)')}s?\\b`).test(text))).toEqual([]);
});
