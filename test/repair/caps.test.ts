import { largestPlan } from '../../lambda/repair/caps';

describe('the largest allowed plan', () => {
  it.each([
    {
      claim: 'is the number if the percentage allows more',
      caps: { maxChanges: 10, maxPercent: 50 },
      judged: 100,
      largest: 10,
    },
    {
      claim: 'is the percentage if the number allows more',
      caps: { maxChanges: 50, maxPercent: 10 },
      judged: 100,
      largest: 10,
    },
    { claim: 'is rounded down', caps: { maxChanges: 50, maxPercent: 10 }, judged: 99, largest: 9 },
    { claim: 'is three in a small tenant', caps: { maxChanges: 50, maxPercent: 10 }, judged: 5, largest: 3 },
    {
      claim: 'is never more than the number, also in a small tenant',
      caps: { maxChanges: 1, maxPercent: 10 },
      judged: 5,
      largest: 1,
    },
    { claim: 'is 0 if the number is 0', caps: { maxChanges: 0, maxPercent: 100 }, judged: 100, largest: 0 },
    { claim: 'is 0 if the percentage is 0', caps: { maxChanges: 10, maxPercent: 0 }, judged: 100, largest: 0 },
    {
      claim: 'is every connection at 100 percent',
      caps: { maxChanges: 1_000, maxPercent: 100 },
      judged: 100,
      largest: 100,
    },
  ])('the largest allowed plan $claim', ({ caps, judged, largest }) => {
    expect(largestPlan(caps, judged)).toBe(largest);
  });
});
