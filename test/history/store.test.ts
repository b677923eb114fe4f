import type { Condition } from '../../lambda/history/store';
import { closeStores, STORES } from './stores';

afterEach(closeStores);

/** Three parts of a multipart upload, in pieces of 1,000 characters of two bytes each. */
const PIECES = Array.from({ length: 14_000 }, (_, index) => `${String(index).padStart(6, '0')}${'ü'.repeat(994)}`);
const KEY = 'example.eu.auth0.com/runs/r.json';

describe.each(STORES)('a text in pieces in a $name', ({ open }) => {
  it('is read as the whole text, under the version that the write gave', async () => {
    const { store, again } = await open();
    const version = await store.write(KEY, PIECES, 'absent');
    const kept = await again().read(KEY);
    expect(kept?.version).toBe(version);
    expect(kept?.text === PIECES.join('')).toBe(true);
  });

  it('is written over the version that was read, and over no other', async () => {
    const { store } = await open();
    const first = await store.write(KEY, 'short', 'absent');
    const second = await store.write(KEY, PIECES, { version: first ?? '' });
    expect(second).toBeDefined();
    const refused: readonly Condition[] = ['absent', { version: first ?? '' }];
    for (const condition of refused) expect(await store.write(KEY, [...PIECES, 'x'], condition)).toBeUndefined();
    expect((await store.read(KEY))?.version).toBe(second);
    expect(await store.write(KEY, 'short again', { version: second ?? '' })).toBeDefined();
    expect((await store.read(KEY))?.text).toBe('short again');
  });
});
