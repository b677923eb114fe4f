import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeLicences } from '../../../build/package/licences.mjs';
import { closeStores, makeFolder } from '../../history/stores';

afterEach(closeStores);

interface Package {
  readonly folder?: string;
  readonly license?: unknown;
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes the licences of these packages. One file of each package is bundled. */
function write(...packages: readonly Package[]): string {
  const root = makeFolder();
  writeFileSync(path.join(root, 'LICENSE'), 'Apache License');
  const inputs = packages.map(
    ({ folder = 'node_modules/a', license, files = { LICENSE: 'Permission is granted' } }) => {
      mkdirSync(path.join(root, folder), { recursive: true });
      const name = folder.replace(/^.*node_modules\//, '');
      writeFileSync(path.join(root, folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', license }));
      for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, folder, file), text);
      return `${folder}/lib/main.js`;
    },
  );
  return writeLicences(root, [...inputs, 'lambda/handler.ts']);
}

test.each<{ claim: string; of: Package; says: RegExp }>([
  {
    claim: 'is listed with the text of its licence',
    of: { license: 'MIT' },
    says: /\na 1\.0\.0 \(MIT\)\n\nPermission is granted\n/,
  },
  {
    claim: 'is listed with the texts of its licence and its NOTICE',
    of: { license: 'Apache-2.0', files: { 'LICENSE.md': 'Text', NOTICE: 'Notice', 'README.md': 'x' } },
    says: /\(Apache-2\.0\)\n\nText\n\nNotice\n$/,
  },
  {
    claim: 'under Apache-2.0 without a text is listed with the text of this project',
    of: { license: 'Apache-2.0', files: {} },
    says: /\nApache License\n/,
  },
  {
    claim: 'under a licence that requires no text is listed without a text',
    of: { license: 'MIT-0', files: {} },
    says: /\(MIT-0\)\n\nThis licence requires no/,
  },
  {
    claim: 'inside another package is listed',
    of: { folder: 'node_modules/b/node_modules/@c/d', license: 'ISC' },
    says: /\n@c\/d 1\.0/,
  },
])('a bundled package $claim', ({ of, says }) => {
  expect(write(of)).toMatch(says);
});

test('packages with the same licence text share one copy', () => {
  const text = write({ license: 'MIT' }, { folder: 'node_modules/b', license: 'MIT' });
  expect(text).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nPermission is granted\n');
});

test.each<{ claim: string; of: Package; says: string }>([
  { claim: 'without a licence', of: {}, says: 'a 1.0.0: package.json names no licence' },
  {
    claim: 'with a licence in an old format',
    of: { license: { type: 'MIT' } },
    says: 'a 1.0.0: package.json names no licence',
  },
  {
    claim: 'with a licence that is not allowed',
    of: { license: 'GPL-3.0-only' },
    says: 'a 1.0.0: GPL-3.0-only is not in',
  },
  {
    claim: 'with the name of a property as its licence',
    of: { license: 'constructor' },
    says: 'a 1.0.0: constructor is not in',
  },
  {
    claim: 'without a licence text',
    of: { license: 'MIT', files: {} },
    says: 'a 1.0.0: the package contains no file with the text',
  },
])('a bundled package $claim stops the build', ({ of, says }) => {
  expect(() => write(of)).toThrow(says);
});

test('the error names every package that stops the build', () => {
  const bad = () => write({ license: 'SSPL-1.0' }, { folder: 'node_modules/b' });
  expect(bad).toThrow(/SSPL-1\.0[\s\S]*b 1\.0\.0: package\.json names no licence/);
});
