import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { writeLicences } from '../../build/package/licences.mjs';
import { version } from '../../package.json';

const ROOT = path.join(__dirname, '../..');
const FOLDER = mkdtempSync(path.join(tmpdir(), 'auditor-sbom-'));
const NAMES = ['function', 'command-line', 'library'];

const componentSchema = z.object({
  group: z.string().optional(),
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  scope: z.literal('required'),
  licenses: z.array(z.object({ license: z.object({ id: z.string() }) })),
});
const sbomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  metadata: z.object({ component: z.object({ name: z.string(), version: z.string() }) }),
  components: z.array(componentSchema),
});

const read = (folder: string, name: string) => readFileSync(path.join(FOLDER, folder, `${name}.cdx.json`), 'utf8');
const componentsOf = (name: string) => sbomSchema.parse(JSON.parse(read('first', name))).components;

let bundled: ReadonlyMap<string, readonly string[]> = new Map();
beforeAll(() => {
  for (const folder of ['first', 'second']) {
    execFileSync(process.execPath, [path.join(ROOT, 'bin/build-sbom.mjs'), path.join(FOLDER, folder)]);
  }
  const list = execFileSync(process.execPath, [path.join(__dirname, 'list-bundled.mjs')], { encoding: 'utf8' });
  bundled = new Map(JSON.parse(list));
});
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** The packages that contribute code to a bundle, with their versions, from the folders that esbuild names. */
function packagesIn(name: string): readonly string[] {
  const folders = (bundled.get(name) ?? []).flatMap(
    (file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  const titles = [...new Set(folders)].map((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8'));
    return `${manifest.name}@${manifest.version}`;
  });
  return titles.sort();
}

test('npm run sbom writes one file for each bundle and no other file', () => {
  expect(readdirSync(path.join(FOLDER, 'first')).sort()).toEqual(NAMES.map((name) => `${name}.cdx.json`).sort());
});

describe.each(NAMES)('the SBOM of the %s', (name) => {
  test(`the SBOM of the ${name} names exactly the packages that esbuild put into the bundle`, () => {
    const named = componentsOf(name).map(({ group, name: own, version: its }) =>
      group === undefined ? `${own}@${its}` : `${group}/${own}@${its}`,
    );
    expect(named.sort()).toEqual(packagesIn(name));
    expect(named).toContainEqual(expect.stringMatching(/^zod@/));
  });

  test(`the SBOM of the ${name} has the version of the auditor`, () => {
    const { component } = sbomSchema.parse(JSON.parse(read('first', name))).metadata;
    expect(component).toEqual({ name: 'auth0-connection-auditor', version });
  });

  test(`the SBOM of the ${name} is the same each time and names no folder of this machine`, () => {
    expect(read('second', name)).toBe(read('first', name));
    expect(read('first', name)).not.toContain(ROOT);
  });

  test(`the SBOM of the ${name} names only reviewed licences`, () => {
    const licences = componentsOf(name).flatMap(({ licenses }) => licenses.map(({ license }) => license.id));
    expect(licences.length).toBeGreaterThanOrEqual(componentsOf(name).length);
    expect(licences.filter((id) => !SEEN_LICENCES.includes(id))).toEqual([]);
  });
});

test('each bundled package has a licence that allows redistribution, with its text', () => {
  expect(writeLicences(ROOT, [...bundled.values()].flat())).toMatch(/^axios \d+\.\d+\.\d+ \(MIT\)$/m);
});

/**
 * The reviewed licences of the packages that are bundled today. Any other licence fails this test. The list in
 * `build/package/licences.mjs` defines which licences allow redistribution.
 */
const SEEN_LICENCES = ['Apache-2.0', 'MIT', 'MIT-0'];
