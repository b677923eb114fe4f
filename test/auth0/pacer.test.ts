import { createPacer, type Pacer } from '../../lambda/auth0/pacer';

const NOW = 1_767_587_400_000;
const tell = (pacer: Pacer, remaining: number, resetInMs = 1_000, limit = 10) => {
  pacer.start();
  pacer.finish(
    {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String((NOW + resetInMs) / 1000),
    },
    NOW,
  );
};

describe('a pacer', () => {
  it('lets the first exchange go', () => {
    expect(createPacer(20).next(NOW, 1)).toBe(0);
  });

  const CASES = [
    { claim: 'lets go while the bucket holds more than the reserve', remaining: 3, next: 0 },
    { claim: 'waits for the reset at the reserve', remaining: 2, next: 1_000 },
    { claim: 'waits for the reset at an empty bucket', remaining: 0, next: 1_000 },
    { claim: 'waits a second where the reset has passed by our clock', remaining: 0, resetInMs: -5_000, next: 1_000 },
    { claim: 'waits a second where the reset is an hour away', remaining: 0, resetInMs: 3_600_000, next: 1_000 },
    { claim: 'waits for a reset a minute away', remaining: 0, resetInMs: 60_000, next: 60_000 },
  ];
  it.each(CASES)('$claim', ({ remaining, resetInMs, next }) => {
    const pacer = createPacer(20);
    tell(pacer, remaining, resetInMs);
    expect(pacer.next(NOW, 1)).toBe(next);
  });

  it('sends one exchange to find out when more tokens should be there', () => {
    const pacer = createPacer(20);
    tell(pacer, 0);
    expect(pacer.next(NOW + 1_000, 1)).toBe(0);
    pacer.start();
    expect(pacer.next(NOW + 1_000, 1)).toBe('answer');
  });

  it('counts exchanges under way against the bucket', () => {
    const pacer = createPacer(20);
    tell(pacer, 4);
    pacer.start();
    expect(pacer.next(NOW, 1)).toBe(0);
    pacer.start();
    expect(pacer.next(NOW, 1)).toBe(1_000);
  });

  it('keeps what it knows when no answer came, or one without headers', () => {
    const pacer = createPacer(20);
    tell(pacer, 0);
    pacer.start();
    pacer.finish({}, NOW + 500);
    pacer.start();
    pacer.finish({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': 'many' }, NOW + 500);
    expect(pacer.next(NOW + 500, 1)).toBe(500);
    expect(pacer.seen).toEqual({ limit: 10, remaining: 0, reset: NOW / 1000 + 1 });
  });

  it('has no room for two exchanges where one fits', () => {
    const pacer = createPacer(20);
    tell(pacer, 3);
    expect(pacer.next(NOW, 1)).toBe(0);
    expect(pacer.next(NOW, 2)).toBe(1_000);
  });

  it('counts places that are kept against the bucket, until they are given back', () => {
    const pacer = createPacer(20);
    tell(pacer, 4);
    pacer.hold(2);
    expect(pacer.next(NOW, 1)).toBe(1_000);
    pacer.release(2);
    expect(pacer.next(NOW, 2)).toBe(0);
  });

  it('leaves nothing to others where nothing is reserved', () => {
    const pacer = createPacer(0);
    tell(pacer, 1);
    expect(pacer.next(NOW, 1)).toBe(0);
  });

  it('still goes on where the reserve is the whole bucket, one exchange per refill', () => {
    const pacer = createPacer(100);
    tell(pacer, 10);
    expect(pacer.next(NOW, 1)).toBe(1_000);
    expect(pacer.next(NOW + 1_000, 1)).toBe(0);
  });
});
