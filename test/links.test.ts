import { existsSync } from 'node:fs';
import path from 'node:path';
import { documents, readText } from './words/texts';

const ROOT = path.join(__dirname, '..');

/** The relative targets of links, pictures and sources, outside code. */
function targetsIn(file: string): string[] {
  const text = readText(file)
    .replace(/^ *```.*?^ *```/gms, '')
    .replace(/`[^`\n]*`/g, '');
  const found = text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g);
  return [...found].map(([, link, source]) => link ?? source ?? '').filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors as GitHub makes them: lower case, without punctuation, hyphens for spaces. */
function anchorsIn(file: string): ReadonlySet<string> {
  const text = readText(file).replace(/^ *```.*?^ *```/gms, '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/<[^>]*>/g, '')
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/id="([^"]+)"/g)].map(([, id = '']) => id)]);
}

const links = documents().flatMap((file) => targetsIn(file).map((target) => ({ file, target })));

test('the documents contain links, so the next test proves something', () => {
  expect(links.length).toBeGreaterThan(80);
});

test('each relative link of a document leads to an existing file, and to a heading or an id in the file', () => {
  const broken = links.filter(({ file, target }) => {
    const [name = '', anchor] = target.split('#');
    const linked = name === '' ? file : path.posix.join(path.posix.dirname(file), name);
    if (!existsSync(path.join(ROOT, linked))) return true;
    return anchor !== undefined && !anchorsIn(linked).has(anchor);
  });
  expect(broken).toEqual([]);
});
