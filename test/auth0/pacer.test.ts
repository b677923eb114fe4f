import { createPacer, type Pacer } from '../../lambda/auth0/pacer';

const NOW = 1_767_587_400_000;

interface Told {
  readonly remaining: number;
  /** Milliseconds from `NOW` to the reset. */
  readonly resetInMs?: number | undefined;
  readonly limit?: number;
  readonly status?: number;
}

/** An exchange whose answer comes at `NOW`. */
function tell(pacer: Pacer, { remaining, resetInMs = 1_000, limit = 10, status = 200 }: Told): void {
  pacer.start();
  const headers = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String((NOW + resetInMs) / 1000),
  };
  pacer.finish({ status, headers }, NOW);
}

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
    tell(pacer, { remaining, resetInMs });
    expect(pacer.next(NOW, 1)).toBe(next);
  });

  it('sends one exchange to find out when more tokens should be there', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 0 });
    expect(pacer.next(NOW + 1_000, 1)).toBe(0);
    pacer.start();
    expect(pacer.next(NOW + 1_000, 1)).toBe('answer');
  });

  it('counts exchanges under way against the bucket', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 4 });
    pacer.start();
    expect(pacer.next(NOW, 1)).toBe(0);
    pacer.start();
    expect(pacer.next(NOW, 1)).toBe(1_000);
  });

  it('keeps what it knows when no answer came, or one without headers', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 0 });
    pacer.start();
    pacer.finish(undefined, NOW + 500);
    pacer.start();
    const headers = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': 'many' };
    pacer.finish({ status: 200, headers }, NOW + 500);
    expect(pacer.next(NOW + 500, 1)).toBe(500);
    expect(pacer.seen).toEqual({ limit: 10, remaining: 0, reset: NOW / 1000 + 1 });
  });

  it('has no room for two exchanges where one fits', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 3 });
    expect(pacer.next(NOW, 1)).toBe(0);
    expect(pacer.next(NOW, 2)).toBe(1_000);
  });

  it('counts places that are kept against the bucket, until they are given back', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 4 });
    pacer.hold(2);
    expect(pacer.next(NOW, 1)).toBe(1_000);
    pacer.release(2);
    expect(pacer.next(NOW, 2)).toBe(0);
  });

  it('leaves nothing to others where nothing is reserved', () => {
    const pacer = createPacer(0);
    tell(pacer, { remaining: 1 });
    expect(pacer.next(NOW, 1)).toBe(0);
  });

  it('leaves one request to others where the reserve is less than one', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 1, limit: 2 });
    expect(pacer.next(NOW, 1)).toBe(1_000);
  });

  it('still goes on where a bucket of one is smaller than what is wanted', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 0, limit: 1 });
    expect(pacer.next(NOW, 2)).toBe(1_000);
    expect(pacer.next(NOW + 1_000, 2)).toBe(0);
  });

  it('still goes on where the reserve is the whole bucket, one exchange per refill', () => {
    const pacer = createPacer(100);
    tell(pacer, { remaining: 10 });
    expect(pacer.next(NOW, 1)).toBe(1_000);
    expect(pacer.next(NOW + 1_000, 1)).toBe(0);
  });
});

/** What answers told to be left of 10, second by second; the last second is that of `NOW`. */
const told = (...seconds: readonly (readonly number[])[]): readonly Told[] =>
  seconds.flatMap((answers, index) =>
    answers.map((remaining) => ({ remaining, resetInMs: (index + 2 - seconds.length) * 1_000 })),
  );
const times = (count: number, ...seconds: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  Array.from({ length: count }, () => seconds).flat();
const REFUSED = { remaining: 0, status: 429 };
const HOUR_MS = 3_600_000;

/** Refills until two exchanges may go beside a reserve of 20 %; the first comes in a second. */
const REFILLS: readonly { claim: string; answers: readonly Told[]; refills: number }[] = [
  { claim: 'one while nothing is known', answers: told([2]), refills: 1 },
  { claim: 'one while two arrive each second', answers: told([2], ...times(5, [3, 2])), refills: 1 },
  { claim: 'two while others take one of two', answers: told([2], ...times(5, [], [3, 2])), refills: 2 },
  {
    claim: 'four while others take three of four',
    answers: told([2], ...times(4, [], [], [], [3, 2])),
    refills: 4,
  },
  {
    claim: 'eight while others take seven of eight',
    answers: told([2], ...times(4, ...times(7, []), [3, 2])),
    refills: 8,
  },
  {
    claim: 'more where others have taken of the reserve',
    answers: told([2], ...times(5, [], [3, 2]), [], [1, 0]),
    refills: 5,
  },
  {
    claim: 'one for a token each 1.2 seconds, of which one is lacking',
    answers: told([4], [4], [3], [3], [3], [3], [3]),
    refills: 1,
  },
  {
    claim: 'twice as many as it has looked at while others take everything',
    answers: told([6], [5], [4], [3], [2], [1], [0]),
    refills: 12,
  },
  {
    claim: 'twice as many as it has looked at while every answer is a 429, which draws nothing',
    answers: told([0], [0], [0], [0]).map((one) => ({ ...one, status: 429 })),
    refills: 6,
  },
  {
    claim: 'one again when others have stopped half a minute ago',
    answers: told([2], ...times(15, [], [3, 2]), ...times(30, [3, 2])),
    refills: 1,
  },
  {
    claim: 'two when others have begun half a minute ago',
    answers: told([2], ...times(30, [3, 2]), ...times(15, [], [3, 2])),
    refills: 2,
  },
  {
    claim: 'one after a pause that has filled the bucket',
    answers: told([2], ...times(14, []), [9, 8, 7, 6, 5, 4, 3, 2]),
    refills: 1,
  },
  {
    claim: 'one after a pause of which nobody knows what it brought',
    answers: told([2], ...times(40, []), [7, 6, 5, 4, 3, 2]),
    refills: 1,
  },
  {
    claim: 'two where one answer overtakes another',
    answers: [
      { remaining: 2, resetInMs: -3_000 },
      { remaining: 3, resetInMs: -1_000 },
      { remaining: 3, resetInMs: 1_000 },
      { remaining: 2, resetInMs: -1_000 },
      { remaining: 2, resetInMs: 1_000 },
    ],
    refills: 2,
  },
  {
    claim: 'one where the last answer tells of another bucket',
    answers: [...told([9], [9], [9]), { remaining: 1, limit: 5 }],
    refills: 1,
  },
  {
    claim: 'one where a reset is an hour away',
    answers: [{ remaining: 3 }, { remaining: 2, resetInMs: HOUR_MS }],
    refills: 1,
  },
  {
    claim: 'two while others take one of two, after a reset that was an hour away',
    answers: [{ remaining: 2, resetInMs: HOUR_MS }, ...told([2], ...times(5, [], [3, 2]))],
    refills: 2,
  },
  { claim: 'one where the reset never moves', answers: Array(9).fill({ remaining: 2 }), refills: 1 },
];

describe('a pacer waits for so many refills:', () => {
  it.each(REFILLS)('$claim', ({ answers, refills }) => {
    const pacer = createPacer(20);
    for (const answer of answers) tell(pacer, answer);
    expect(pacer.next(NOW, 2)).toBe(refills * 1_000);
    expect(pacer.next(NOW + refills * 1_000, 2)).toBe(0);
  });

  it('40 at most, however long others take everything', () => {
    const pacer = createPacer(20);
    const waits = times(90, [0]).map((_, second) => {
      tell(pacer, { ...REFUSED, resetInMs: second * 1_000 });
      return pacer.next(NOW + (second - 1) * 1_000, 2);
    });
    expect(Math.max(...waits.map(Number))).toBe(40_000);
  });
});
