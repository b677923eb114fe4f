// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Licences that allow the redistribution of a package in a bundle, by their SPDX identifiers, each with the substitute for
 * a missing text: `nothing` if the licence requires no text, or `ours` if its text names no holder and is the same as in
 * this project. For the other licences, the package must contain the text.
 *
 * @type {Readonly<Record<string, 'nothing' | 'ours' | undefined>>}
 */
const ALLOWED = {
  '0BSD': 'nothing',
  'Apache-2.0': 'ours',
  'BlueOak-1.0.0': undefined,
  'BSD-2-Clause': undefined,
  'BSD-3-Clause': undefined,
  'CC0-1.0': 'nothing',
  ISC: undefined,
  MIT: undefined,
  'MIT-0': 'nothing',
  'Python-2.0': undefined,
  Unlicense: 'nothing',
};

/** Files whose text must be redistributed: https://www.apache.org/licenses/LICENSE-2.0#redistribution also requires NOTICE. */
const TEXTS = /^(licen[cs]e|copying|notice)([.-]|$)/i;

/**
 * Lists each package in the bundles, with its version, its licence and the text of the licence. Throws one error that
 * names every package without a licence, with a licence that is not allowed, or without a text.
 *
 * @param {string} root
 * @param {Iterable<string>} inputs files that were bundled, as esbuild names them in a metafile
 */
export function writeLicences(root, inputs) {
  const folders = new Set([...inputs].flatMap((file) => packageFolderOf(file) ?? []));
  const packages = [...folders].sort().map((folder) => describePackage(root, folder));
  const problems = packages.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) throw new Error(`These packages must not be redistributed:\n${problems.join('\n')}`);
  /** @type {Map<string, string[]>} */
  const titlesOfText = new Map();
  for (const { title, text } of packages) titlesOfText.set(text, [...(titlesOfText.get(text) ?? []), title]);
  const parts = [...titlesOfText].map(([text, titles]) => `${[...new Set(titles)].join('\n')}\n\n${text}`);
  return [`${HEADLINE}\n`, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

const HEADLINE = 'Third-party packages that are bundled in this package, each with its licence.';

/**
 * The folder of a bundled package: `node_modules/a`, `node_modules/a/node_modules/@b/c`. `undefined` for a file of this project.
 *
 * @param {string} file
 */
function packageFolderOf(file) {
  return /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/**
 * @param {string} root
 * @param {string} folder
 */
function describePackage(root, folder) {
  /** @type {{ name: string, version: string, license?: unknown }} */
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const texts = readdirSync(join(root, folder))
    .filter((file) => TEXTS.test(file))
    .sort()
    .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
  const standsIn = typeof license === 'string' && Object.hasOwn(ALLOWED, license) ? ALLOWED[license] : undefined;
  if (texts.length === 0 && standsIn === 'ours') texts.push(readFileSync(join(root, 'LICENSE'), 'utf8').trim());
  if (texts.length === 0 && standsIn === 'nothing') texts.push('This licence requires no text.');
  return {
    title: `${name} ${version} (${license})`,
    text: `${texts.join('\n\n')}\n`,
    problem: findProblem(`${name} ${version}`, license, texts),
  };
}

/**
 * @param {string} title
 * @param {unknown} license
 * @param {readonly string[]} texts
 */
function findProblem(title, license, texts) {
  if (typeof license !== 'string') return `${title}: package.json names no licence`;
  if (!Object.hasOwn(ALLOWED, license)) return `${title}: ${license} is not in the list in build/package/licences.mjs`;
  return texts.length === 0 ? `${title}: the package contains no file with the text of its licence` : undefined;
}
