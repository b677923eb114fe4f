import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createFolderStore, gather } from '../../cli/folder-store';
import { joinText, StoreError } from '../../lambda/history/store';
import { closeStores, makeFolder } from '../history/stores';

afterEach(closeStores);

const KEY = 'example.eu.auth0.com/state.json';
const open = () => {
  const folder = path.join(makeFolder(), 'state', 'auditor');
  const store = createFolderStore(folder);
  return { folder, store, file: path.join(folder, 'example.eu.auth0.com', 'state.json') };
};
const modeOf = (place: string) => (statSync(place).mode & 0o777).toString(8);
const messageOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    return `no failure: ${String(await work)}`;
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
};

/** Leaves a lock like a process that was ended this long ago. */
function leaveLock(lock: string, ageMs: number): void {
  mkdirSync(path.dirname(lock), { recursive: true });
  writeFileSync(lock, '');
  const at = new Date(Date.now() - ageMs);
  utimesSync(lock, at, at);
}

it('a write creates folders and files for their owner only', async () => {
  const { folder, store, file } = open();
  await store.write(KEY, 'text', 'absent');
  expect([path.dirname(folder), folder, path.dirname(file)].map(modeOf)).toEqual(['700', '700', '700']);
  expect(modeOf(file)).toBe('600');
});

it('a write restricts a file that others could read to its owner', async () => {
  const { store, file } = open();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'text', { mode: 0o644 });
  await store.write(KEY, 'other', 'any');
  expect([modeOf(file), readFileSync(file, 'utf8')]).toEqual(['600', 'other']);
});

it('a write replaces a link and does not change the target of the link', async () => {
  const { folder, store, file } = open();
  mkdirSync(path.dirname(file), { recursive: true });
  const elsewhere = path.join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'theirs');
  symlinkSync(elsewhere, file);
  await store.write(KEY, 'ours', 'any');
  expect([readFileSync(elsewhere, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['theirs', 'ours']);
});

it('a write leaves no other file next to the written file', async () => {
  const { store, file } = open();
  await store.write(KEY, 'text', 'absent');
  await store.write(KEY, 'other', 'absent');
  await store.write(KEY, 'other', { version: 'of something else' });
  expect(readdirSync(path.dirname(file))).toEqual(['state.json']);
});

it('a failed write leaves no other file next to the target', async () => {
  const { store, file } = open();
  mkdirSync(path.join(file, 'in the way'), { recursive: true });
  expect(await messageOf(store.write(KEY, 'planted content', 'any'))).toMatch(
    new RegExp(`^Writing ${file}: (EISDIR|ENOTEMPTY|EEXIST)\\.$`),
  );
  expect(readdirSync(path.dirname(file))).toEqual(['state.json']);
});

it('the error of a failed read or write names the place and the cause', async () => {
  const { folder, store, file } = open();
  mkdirSync(path.dirname(folder), { recursive: true });
  writeFileSync(folder, 'planted content');
  expect(await messageOf(store.read(KEY))).toBe(`Reading ${file}: ENOTDIR.`);
  expect(await messageOf(store.write(KEY, 'text', 'any'))).toMatch(
    new RegExp(`^Writing ${file}: (ENOTDIR|EEXIST)\\.$`),
  );
});

describe('a lock', () => {
  it('a recent lock prevents a write by others', async () => {
    const { store, file } = open();
    leaveLock(`${file}.lock`, 5_000);
    expect(await store.write(KEY, 'text', 'absent')).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });

  it('a stale lock does not prevent a write', async () => {
    const { store, file } = open();
    leaveLock(`${file}.lock`, 11_000);
    expect(await store.write(KEY, 'text', 'absent')).toBe((await store.read(KEY))?.version);
    expect(readdirSync(path.dirname(file))).toEqual(['state.json']);
  });

  it('a stale lock together with an older stale lock does not prevent a write', async () => {
    const { store, file } = open();
    leaveLock(`${file}.lock`, 12_000);
    leaveLock(`${file}.lock.stale`, 11_000);
    expect(await store.write(KEY, 'text', 'absent')).toBe((await store.read(KEY))?.version);
    expect(readdirSync(path.dirname(file))).toEqual(['state.json']);
  });

  it('a stale lock is taken over by exactly one writer', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { folder, file } = open();
      leaveLock(`${file}.lock`, 11_000);
      const racers = Array.from({ length: 8 }, () => createFolderStore(folder));
      const written = await Promise.all(racers.map((racer, number) => racer.write(KEY, `racer ${number}`, 'absent')));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect(readFileSync(file, 'utf8')).toBe(`racer ${written.findIndex(Boolean)}`);
    }
  });
});

it('parallel writers that increment one number lose no increment', async () => {
  const { folder, store, file } = open();
  await store.write(KEY, '0', 'absent');
  const racers = Array.from({ length: 6 }, () => createFolderStore(folder));
  let steps = 0;
  for (let round = 0; round < 10; round += 1) {
    const outcomes = await Promise.all(
      racers.map(async (racer) => {
        const held = await racer.read(KEY);
        if (held === undefined) return undefined;
        return racer.write(KEY, String(Number(held.text) + 1), { version: held.version });
      }),
    );
    steps += outcomes.filter(Boolean).length;
  }
  expect(readFileSync(file, 'utf8')).toBe(String(steps));
  expect(steps).toBeGreaterThanOrEqual(10);
});

it('a read during writes returns one complete text', async () => {
  const { store } = open();
  const texts = ['a'.repeat(200_000), 'b'.repeat(100_000)];
  await store.write(KEY, texts[0] ?? '', 'any');
  const seen = await Promise.all(
    Array.from({ length: 20 }, async (_, number) => {
      await store.write(KEY, texts[number % 2] ?? '', 'any');
      return (await store.read(KEY))?.text;
    }),
  );
  expect(seen.every((text) => text !== undefined && texts.includes(text))).toBe(true);
});

it('exactly one of two processes that compete for a key succeeds', async () => {
  const { folder } = open();
  const script =
    "import { createFolderStore } from './cli/folder-store';" +
    'const [folder = "", name = ""] = process.argv.slice(1);' +
    'const store = createFolderStore(folder);' +
    'Promise.all(Array.from({ length: 30 }, (_, key) => store.write(String(key), name, "absent")))' +
    '.then((won) => console.log(JSON.stringify(won)));';
  const [one, two] = await Promise.all(['one', 'two'].map((name) => runScript(script, folder, name)));
  const both = Array.from({ length: 30 }, (_, key) => [one?.[key], two?.[key]].filter(Boolean).length);
  expect(both).toEqual(Array.from({ length: 30 }, () => 1));
});

function runScript(script: string, ...args: readonly string[]): Promise<unknown[]> {
  const tsx = path.join(__dirname, '..', '..', 'node_modules', '.bin', 'tsx');
  const child = spawn(tsx, ['--eval', script, ...args], { cwd: path.join(__dirname, '..', '..') });
  const printed: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complained.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(printed).toString()));
      else reject(new Error(Buffer.concat(complained).toString()));
    });
  });
}

describe('a text gathered in pieces', () => {
  it.each<[claim: string, text: string | string[], pieces: string[]]>([
    ['an empty text has no pieces', '', []],
    ['a text without pieces has no pieces', [], []],
    ['a whole text is one piece, regardless of its length', 'abcdef', ['abcdef']],
    ['a piece has at least the given length, except for the last piece', ['a', 'b', 'cde', 'f'], ['abcde', 'f']],
    ['no empty piece follows the last full piece', ['abc', 'def'], ['abc', 'def']],
    ['empty pieces are omitted', ['', 'abc', ''], ['abc']],
  ])('%s', (_, text, pieces) => {
    expect([...gather(text, 3)]).toEqual(pieces);
    expect(joinText(text)).toBe(pieces.join(''));
  });
});
