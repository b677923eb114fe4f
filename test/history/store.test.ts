import type { Condition } from '../../lambda/history/store';
import { closeStores, STORES } from './stores';

afterEach(closeStores);

/** Three parts of a multipart upload, in pieces of 1,000 characters of two bytes each. */
const PIECES = Array.from({ length: 14_000 }, (_, index) => `${String(index).padStart(6, '0')}${'ü'.repeat(994)}`);
const KEY = 'example.eu.auth0.com/runs/r.json';

describe.each(STORES)('the $name store with a text in pieces', ({ open }) => {
  it('a text in pieces is read as one text, with the version of the write', async () => {
    const { store, again } = await open();
    const version = await store.write(KEY, PIECES, 'absent');
    const kept = await again().read(KEY);
    expect(kept?.version).toBe(version);
    expect(kept?.text === PIECES.join('')).toBe(true);
  });

  it('a text in pieces is written only over the version that was read', async () => {
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
