import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';

const ROOT = path.join(__dirname, '../..');
const TEXT = readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');

/** Texts between backquotes that look like a file or a folder of the repository. */
const named = [...TEXT.matchAll(/`\/?([\w.-]+\/[\w./-]*|[\w-]+\.json)`/g)].map(([, file = '']) => file);

test('SECURITY.md names files that exist', () => {
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('SECURITY.md contains no e-mail address', () => {
  expect(TEXT).not.toMatch(/\S@\S/);
});

test('SECURITY.md states the supported versions without a number that the next release makes wrong', () => {
  expect(TEXT).toContain('**Supported:** the latest version alone.');
  expect(TEXT).not.toContain(version);
});
