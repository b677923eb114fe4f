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
  it('a pacer lets the first exchange go without a wait', () => {
    expect(createPacer(20).next(NOW, 1)).toBe(0);
  });

  const CASES = [
    { claim: 'a pacer lets an exchange go while the bucket contains more than the reserve', remaining: 3, next: 0 },
    { claim: 'a pacer waits for the reset if only the reserve is left', remaining: 2, next: 1_000 },
    { claim: 'a pacer waits for the reset if the bucket is empty', remaining: 0, next: 1_000 },
    {
      claim: 'a pacer waits one second if the reset has passed by the local clock',
      remaining: 0,
      resetInMs: -5_000,
      next: 1_000,
    },
    { claim: 'a pacer waits one second if the reset is an hour away', remaining: 0, resetInMs: 3_600_000, next: 1_000 },
    { claim: 'a pacer waits for a reset that is a minute away', remaining: 0, resetInMs: 60_000, next: 60_000 },
  ];
  it.each(CASES)('$claim', ({ remaining, resetInMs, next }) => {
    const pacer = createPacer(20);
    tell(pacer, { remaining, resetInMs });
    expect(pacer.next(NOW, 1)).toBe(next);
  });

  it('a pacer sends one exchange to check whether new tokens have arrived', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 0 });
    expect(pacer.next(NOW + 1_000, 1)).toBe(0);
    pacer.start();
    expect(pacer.next(NOW + 1_000, 1)).toBe('answer');
  });

  it('a pacer counts exchanges under way against the bucket', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 4 });
    pacer.start();
    expect(pacer.next(NOW, 1)).toBe(0);
    pacer.start();
    expect(pacer.next(NOW, 1)).toBe(1_000);
  });

  it('a pacer keeps the last rate limit if no answer came, or an answer without valid headers', () => {
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

  it('a pacer with room for one exchange waits before two exchanges', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 3 });
    expect(pacer.next(NOW, 1)).toBe(0);
    expect(pacer.next(NOW, 2)).toBe(1_000);
  });

  it('a pacer counts kept slots against the bucket until they are released', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 4 });
    pacer.hold(2);
    expect(pacer.next(NOW, 1)).toBe(1_000);
    pacer.release(2);
    expect(pacer.next(NOW, 2)).toBe(0);
  });

  it('a pacer without a reserve leaves nothing to other clients', () => {
    const pacer = createPacer(0);
    tell(pacer, { remaining: 1 });
    expect(pacer.next(NOW, 1)).toBe(0);
  });

  it('a pacer leaves one request to other clients if the reserve is less than one', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 1, limit: 2 });
    expect(pacer.next(NOW, 1)).toBe(1_000);
  });

  it('a pacer continues after a wait if the bucket is smaller than the wanted slots', () => {
    const pacer = createPacer(20);
    tell(pacer, { remaining: 0, limit: 1 });
    expect(pacer.next(NOW, 2)).toBe(1_000);
    expect(pacer.next(NOW + 1_000, 2)).toBe(0);
  });

  it('a pacer whose reserve is the whole bucket continues with one exchange per refill', () => {
    const pacer = createPacer(100);
    tell(pacer, { remaining: 10 });
    expect(pacer.next(NOW, 1)).toBe(1_000);
    expect(pacer.next(NOW + 1_000, 1)).toBe(0);
  });
});

/** The remaining tokens of 10 that answers reported, by second. The last second is that of `NOW`. */
const told = (...seconds: readonly (readonly number[])[]): readonly Told[] =>
  seconds.flatMap((answers, index) =>
    answers.map((remaining) => ({ remaining, resetInMs: (index + 2 - seconds.length) * 1_000 })),
  );
const times = (count: number, ...seconds: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  Array.from({ length: count }, () => seconds).flat();
const REFUSED = { remaining: 0, status: 429 };
const HOUR_MS = 3_600_000;

/** Refills until two exchanges can go with a reserve of 20 %. The first refill comes in one second. */
const REFILLS: readonly { claim: string; answers: readonly Told[]; refills: number }[] = [
  { claim: 'while nothing is known', answers: told([2]), refills: 1 },
  { claim: 'while two tokens arrive each second', answers: told([2], ...times(5, [3, 2])), refills: 1 },
  { claim: 'while others take one of two tokens', answers: told([2], ...times(5, [], [3, 2])), refills: 2 },
  {
    claim: 'while others take three of four tokens',
    answers: told([2], ...times(4, [], [], [], [3, 2])),
    refills: 4,
  },
  {
    claim: 'while others take seven of eight tokens',
    answers: told([2], ...times(4, ...times(7, []), [3, 2])),
    refills: 8,
  },
  {
    claim: 'if others have taken tokens of the reserve',
    answers: told([2], ...times(5, [], [3, 2]), [], [1, 0]),
    refills: 5,
  },
  {
    claim: 'if one token is missing and a token arrives each 1.2 seconds',
    answers: told([4], [4], [3], [3], [3], [3], [3]),
    refills: 1,
  },
  {
    claim: 'if others take everything: twice the observed seconds',
    answers: told([6], [5], [4], [3], [2], [1], [0]),
    refills: 12,
  },
  {
    claim: 'if every answer is a 429, which draws no token: twice the observed seconds',
    answers: told([0], [0], [0], [0]).map((one) => ({ ...one, status: 429 })),
    refills: 6,
  },
  {
    claim: 'if others stopped half a minute ago',
    answers: told([2], ...times(15, [], [3, 2]), ...times(30, [3, 2])),
    refills: 1,
  },
  {
    claim: 'if others began half a minute ago',
    answers: told([2], ...times(30, [3, 2]), ...times(15, [], [3, 2])),
    refills: 2,
  },
  {
    claim: 'after a pause that filled the bucket',
    answers: told([2], ...times(14, []), [9, 8, 7, 6, 5, 4, 3, 2]),
    refills: 1,
  },
  {
    claim: 'after a long pause with an unknown number of new tokens',
    answers: told([2], ...times(40, []), [7, 6, 5, 4, 3, 2]),
    refills: 1,
  },
  {
    claim: 'if one answer overtakes another answer',
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
    claim: 'if the last answer is about another bucket',
    answers: [...told([9], [9], [9]), { remaining: 1, limit: 5 }],
    refills: 1,
  },
  {
    claim: 'if a reset is an hour away',
    answers: [{ remaining: 3 }, { remaining: 2, resetInMs: HOUR_MS }],
    refills: 1,
  },
  {
    claim: 'while others take one of two tokens, after a reset that was an hour away',
    answers: [{ remaining: 2, resetInMs: HOUR_MS }, ...told([2], ...times(5, [], [3, 2]))],
    refills: 2,
  },
  { claim: 'if the reset never moves', answers: Array(9).fill({ remaining: 2 }), refills: 1 },
];

describe('the refills that a pacer waits for', () => {
  it.each(REFILLS)('a pacer waits for $refills refill(s) $claim', ({ answers, refills }) => {
    const pacer = createPacer(20);
    for (const answer of answers) tell(pacer, answer);
    expect(pacer.next(NOW, 2)).toBe(refills * 1_000);
    expect(pacer.next(NOW + refills * 1_000, 2)).toBe(0);
  });

  it('a pacer waits for 40 refills at most, however long others take everything', () => {
    const pacer = createPacer(20);
    const waits = times(90, [0]).map((_, second) => {
      tell(pacer, { ...REFUSED, resetInMs: second * 1_000 });
      return pacer.next(NOW + (second - 1) * 1_000, 2);
    });
    expect(Math.max(...waits.map(Number))).toBe(40_000);
  });
});
