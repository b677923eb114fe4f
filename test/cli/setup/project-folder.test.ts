import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openProjectFolder } from '../../../cli/setup/project-folder';
import { closeStores, makeFolder } from '../../history/stores';

afterEach(closeStores);

it('a file is written together with its folders', () => {
  const place = makeFolder();
  const folder = openProjectFolder(place);
  folder.write('a/b/c.js', 'text');
  expect(readFileSync(path.join(place, 'a/b/c.js'), 'utf8')).toBe('text');
  expect(folder.read('a/b/c.js')).toBe('text');
});

it('an existing file is kept, unless it contains exactly the text that can be replaced', () => {
  const place = makeFolder();
  const folder = openProjectFolder(place);
  writeFileSync(path.join(place, 'a.js'), 'mine');
  expect(() => folder.write('a.js', 'other')).toThrow('EEXIST');
  expect(() => folder.write('a.js', 'other', 'shipped')).toThrow('EEXIST');
  expect(folder.read('a.js')).toBe('mine');
  folder.write('a.js', 'other', 'mine');
  expect(folder.read('a.js')).toBe('other');
});

it('a missing file has no content, and a write follows no link and replaces no folder', () => {
  const place = makeFolder();
  const folder = openProjectFolder(place);
  const elsewhere = path.join(makeFolder(), 'elsewhere');
  symlinkSync(elsewhere, path.join(place, 'link.js'));
  mkdirSync(path.join(place, 'folder'));
  writeFileSync(path.join(place, 'file'), '');
  expect([folder.read('none'), folder.read('file/none'), folder.read('link.js')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(folder.read('folder')).toBe('');
  expect(() => folder.write('link.js', 'text')).toThrow('EEXIST');
  expect(() => folder.write('folder', 'text')).toThrow();
  expect(() => readFileSync(elsewhere)).toThrow('ENOENT');
});
