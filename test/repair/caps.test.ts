import { largestPlan } from '../../lambda/repair/caps';

describe('the largest plan that may be carried out', () => {
  it.each([
    {
      claim: 'is the number where the share allows more',
      caps: { maxChanges: 10, maxPercent: 50 },
      judged: 100,
      largest: 10,
    },
    {
      claim: 'is the share where the number allows more',
      caps: { maxChanges: 50, maxPercent: 10 },
      judged: 100,
      largest: 10,
    },
    { claim: 'is rounded down', caps: { maxChanges: 50, maxPercent: 10 }, judged: 99, largest: 9 },
    { claim: 'is three in a small tenant', caps: { maxChanges: 50, maxPercent: 10 }, judged: 5, largest: 3 },
    {
      claim: 'is never more than the number, in a small tenant either',
      caps: { maxChanges: 1, maxPercent: 10 },
      judged: 5,
      largest: 1,
    },
    { claim: 'is nothing where the number is none', caps: { maxChanges: 0, maxPercent: 100 }, judged: 100, largest: 0 },
    { claim: 'is nothing where the share is none', caps: { maxChanges: 10, maxPercent: 0 }, judged: 100, largest: 0 },
    {
      claim: 'is everything at a hundred percent',
      caps: { maxChanges: 1_000, maxPercent: 100 },
      judged: 100,
      largest: 100,
    },
  ])('$claim', ({ caps, judged, largest }) => {
    expect(largestPlan(caps, judged)).toBe(largest);
  });
});
