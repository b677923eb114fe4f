import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const FOLDERS = ['.', 'docs', 'docs/decisions', 'bench', 'bench/peers', 'mutation'];
const documents = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name)),
);
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The relative targets of links, pictures and sources, outside of code. */
function targetsIn(file: string): string[] {
  const text = read(file)
    .replace(/^ *```.*?^ *```/gms, '')
    .replace(/`[^`\n]*`/g, '');
  const found = text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g);
  return [...found].map(([, link, source]) => link ?? source ?? '').filter((target) => !/^[a-z]+:/.test(target));
}

/** As GitHub names them: lower case, without punctuation, hyphens for spaces. */
function anchorsIn(file: string): ReadonlySet<string> {
  const text = read(file).replace(/^ *```.*?^ *```/gms, '');
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

const links = documents.flatMap((file) => targetsIn(file).map((target) => ({ file, target })));

test('the documents hold links, or the test below would prove nothing', () => {
  expect(links.length).toBeGreaterThan(80);
});

test('each relative link of a document leads to a file, and to a heading or an id in it', () => {
  const broken = links.filter(({ file, target }) => {
    const [name = '', anchor] = target.split('#');
    const linked = name === '' ? file : path.posix.join(path.posix.dirname(file), name);
    if (!existsSync(path.join(ROOT, linked))) return true;
    return anchor !== undefined && !anchorsIn(linked).has(anchor);
  });
  expect(broken).toEqual([]);
});
