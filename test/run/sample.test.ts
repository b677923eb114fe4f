import { createSampler, SAMPLE_SIZE } from '../../lambda/run/sample';

const idsFrom = (start: number, count: number) =>
  Array.from({ length: count }, (_, index) => `con_${String(start + index).padStart(16, '0')}`);

function sampleOf(ids: readonly string[], size?: number): readonly string[] {
  const sampler = createSampler(size);
  for (const id of ids) sampler.add(id);
  return sampler.ids;
}

describe('a sample of the ids in a listing', () => {
  it.each([0, 1, 299, 300])('the sample of a listing of %d ids contains all of them', (count) => {
    const ids = idsFrom(0, count);
    expect(sampleOf(ids).toSorted()).toEqual(ids);
  });

  it.each([301, 599, 600, 601, 10_000])(
    'the sample of a listing of %d ids contains 300 of them, without duplicates',
    (count) => {
      const ids = idsFrom(0, count);
      const sample = sampleOf(ids);
      expect(sample).toHaveLength(SAMPLE_SIZE);
      expect(new Set(sample).size).toBe(SAMPLE_SIZE);
      expect(sample.every((id) => ids.includes(id))).toBe(true);
    },
  );

  it('a sample is the same for any order of the listing', () => {
    const ids = idsFrom(0, 2_000);
    expect(sampleOf(ids.toReversed())).toEqual(sampleOf(ids));
  });

  it('a sample keeps its ids, except deleted ones, when other ids are added or deleted', () => {
    const ids = idsFrom(0, 2_000);
    const before = sampleOf(ids);
    const after = new Set(sampleOf(ids.slice(200)));
    const gone = new Set(ids.slice(0, 200));
    expect(before.filter((id) => !gone.has(id) && !after.has(id))).toEqual([]);
    const more = new Set(sampleOf([...ids, ...idsFrom(90_000, 20)]));
    expect(before.filter((id) => !more.has(id)).length).toBeLessThanOrEqual(20);
  });

  it('a sample contains ids of each part of a listing', () => {
    const ids = idsFrom(0, 3_000);
    const sample = new Set(sampleOf(ids));
    for (let part = 0; part < 10; part += 1) {
      const found = ids.slice(part * 300, (part + 1) * 300).filter((id) => sample.has(id)).length;
      expect(found).toBeGreaterThan(15);
      expect(found).toBeLessThan(50);
    }
  });

  it('a sample can be read before the listing ends', () => {
    const sampler = createSampler(2);
    for (const id of idsFrom(0, 5)) sampler.add(id);
    const between = sampler.ids;
    for (const id of idsFrom(5, 5)) sampler.add(id);
    expect(between).toEqual(sampleOf(idsFrom(0, 5), 2));
    expect(sampler.ids).toEqual(sampleOf(idsFrom(0, 10), 2));
  });
});
