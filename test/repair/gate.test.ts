import { ending, type Outcome, type StopReason } from '../../lambda/judge/outcome';
import { type Attempted, endWith } from '../../lambda/repair/attempted';
import { createGate, type GateRules } from '../../lambda/repair/gate';

const START = 1_000_000;

function openGate(rules: Partial<GateRules> = {}) {
  let time = START;
  const gate = createGate({
    now: () => time,
    stopAt: START + 600_000,
    isInterrupted: () => false,
    mayWrite: async () => undefined,
    ...rules,
  });
  const learn = (...outcomes: readonly Outcome[]) => {
    for (const outcome of outcomes) gate.learn('okta', endWith(ending(outcome)));
  };
  return {
    ...gate,
    learnOf: learn,
    learnAll(...attempts: readonly Attempted[]) {
      for (const attempted of attempts) gate.learn('okta', attempted);
    },
    advance(milliseconds: number) {
      time += milliseconds;
    },
  };
}

const many = (count: number, outcome: Outcome) => Array.from({ length: count }, () => outcome);

describe('a gate', () => {
  it('an open gate allows a repair', async () => {
    expect(await openGate().closedFor('okta')).toBeUndefined();
  });

  it.each<{ claim: string; mayWrite: GateRules['mayWrite']; closed: StopReason }>([
    { claim: 'is refused', mayWrite: async () => 'lease', closed: 'lease' },
    {
      claim: 'cannot be read',
      mayWrite: () => Promise.reject(new Error('denied')),
      closed: 'kill_switch_unreadable',
    },
  ])('a gate is closed for every strategy if the permission $claim', async ({ mayWrite, closed }) => {
    const gate = openGate({ mayWrite });
    expect(await gate.closedFor('okta')).toBe(closed);
    expect(gate.closedBy('samlp')).toBe(closed);
  });

  it('a gate asks one time for parallel repairs, and again after half a minute', async () => {
    let asked = 0;
    const mayWrite = async () => {
      asked += 1;
      return asked < 2 ? undefined : 'kill_switch';
    };
    const gate = openGate({ mayWrite });
    expect(await Promise.all(['okta', 'samlp', 'okta'].map(gate.closedFor))).toEqual([undefined, undefined, undefined]);
    gate.advance(29_999);
    expect(await gate.closedFor('okta')).toBeUndefined();
    gate.advance(1);
    expect(await gate.closedFor('okta')).toBe('kill_switch');
    expect(asked).toBe(2);
  });

  describe('a repair that has begun', () => {
    const SINCE: readonly [claim: string, milliseconds: number, said: 'ask_again' | undefined][] = [
      ['just now', 0, undefined],
      ['29.999 s ago', 29_999, undefined],
      ['30 s ago', 30_000, 'ask_again'],
      ['a minute ago', 60_000, 'ask_again'],
    ];
    it.each(SINCE)(
      'a permission that was requested %s has the right answer for a repair that has begun',
      async (_, milliseconds, said) => {
        const gate = openGate();
        await gate.closedFor('okta');
        gate.advance(milliseconds);
        expect(gate.closedBy('okta')).toBe(said);
      },
    );

    it('a repair that has begun must ask before the first permission', () => {
      expect(openGate().closedBy('okta')).toBe('ask_again');
    });

    it('the age of a permission counts from its request, not from its answer', async () => {
      const gate = openGate({
        mayWrite: async () => {
          gate.advance(29_000);
          return undefined;
        },
      });
      await gate.closedFor('okta');
      gate.advance(1_000);
      expect(gate.closedBy('okta')).toBe('ask_again');
    });

    it('a repair that has begun must ask again if the clock was set back', async () => {
      let asked = 0;
      const mayWrite = async () => {
        asked += 1;
        return undefined;
      };
      const gate = openGate({ mayWrite });
      await gate.closedFor('okta');
      gate.advance(-1);
      expect(gate.closedBy('okta')).toBe('ask_again');
      await gate.closedFor('okta');
      expect([asked, gate.closedBy('okta')]).toEqual([2, undefined]);
    });

    it('a repair that has begun continues after the permission was given again', async () => {
      const gate = openGate();
      await gate.closedFor('okta');
      gate.advance(30_000);
      await gate.closedFor('okta');
      expect(gate.closedBy('okta')).toBeUndefined();
    });
  });

  it('a gate closes when an operator ends the run, and does not ask again', async () => {
    let asked = 0;
    let isInterrupted = false;
    const gate = openGate({
      isInterrupted: () => isInterrupted,
      mayWrite: async () => {
        asked += 1;
        return undefined;
      },
    });
    expect(await gate.closedFor('okta')).toBeUndefined();
    isInterrupted = true;
    expect(gate.closedBy('okta')).toBe('interrupted');
    gate.advance(60_000);
    expect(await gate.closedFor('okta')).toBe('interrupted');
    expect(asked).toBe(1);
  });

  it('a closed gate stays closed even if writes are allowed later', async () => {
    let isAllowed = false;
    const gate = openGate({ mayWrite: async () => (isAllowed ? undefined : 'kill_switch') });
    await gate.closedFor('okta');
    isAllowed = true;
    gate.advance(60_000);
    expect(await gate.closedFor('okta')).toBe('kill_switch');
  });

  it('a gate closes at the time limit and does not ask', async () => {
    let asked = 0;
    const mayWrite = async () => {
      asked += 1;
      return undefined;
    };
    const gate = openGate({ stopAt: START, mayWrite });
    expect(await gate.closedFor('okta')).toBe('time');
    expect(asked).toBe(0);
  });

  it('a gate closes for a repair that has begun and waited past the time limit', async () => {
    const gate = openGate({ stopAt: START + 10 });
    await gate.closedFor('okta');
    expect(gate.closedBy('okta')).toBeUndefined();
    gate.advance(10);
    expect(gate.closedBy('okta')).toBe('time');
  });

  it('a gate closes for one strategy after a repair that could not be verified', async () => {
    const gate = openGate();
    await gate.closedFor('okta');
    gate.learnOf('failed_verification');
    expect(gate.closedBy('okta')).toBe('failures');
    expect(gate.closedBy('samlp')).toBeUndefined();
  });

  it('a gate keeps the first repair of a strategy as the reason', () => {
    const gate = openGate();
    gate.learnOf('failed_verification');
    gate.close('okta', 'canary');
    expect(gate.closedBy('okta')).toBe('canary');
  });

  it.each([
    { claim: 'two failures of two do not close it', outcomes: many(2, 'failed'), closed: undefined },
    { claim: 'three failures of three close it', outcomes: many(3, 'failed'), closed: 'failures' },
    {
      claim: 'three failures of fifteen do not close it',
      outcomes: [...many(12, 'remediated'), ...many(3, 'failed')],
      closed: undefined,
    },
    {
      claim: 'three failures of fourteen close it',
      outcomes: [...many(11, 'remediated'), ...many(3, 'failed')],
      closed: 'failures',
    },
    {
      claim: 'repairs that were not tried do not count',
      outcomes: [...many(30, 'already_compliant'), ...many(30, 'gone'), ...many(3, 'failed')],
      closed: 'failures',
    },
  ] as const)('the gate of a run: $claim', async ({ outcomes, closed }) => {
    const gate = openGate();
    await gate.closedFor('okta');
    gate.learnOf(...outcomes);
    expect(gate.closedBy('samlp')).toBe(closed);
  });

  const refused = endWith(ending('failed', { refusal: 'Invalid.' }));

  it('a gate closes for one strategy after three refusals by Auth0, which do not count as failures', async () => {
    const gate = openGate();
    await gate.closedFor('okta');
    gate.learnAll(refused, refused);
    gate.learn('samlp', refused);
    expect(gate.closedBy('okta')).toBeUndefined();
    gate.learn('okta', refused);
    expect([gate.closedBy('okta'), gate.closedBy('samlp')]).toEqual(['refusals', undefined]);
  });

  it.each<[claim: string, learn: (gate: ReturnType<typeof openGate>) => void]>([
    ['a repair could not be verified', (gate) => gate.learnOf('failed_verification')],
    ['Auth0 refused three connections', (gate) => gate.learnAll(refused, refused, refused)],
  ])('a gate keeps the reason of a closed strategy if later %s', async (_, learn) => {
    const gate = openGate();
    await gate.closedFor('okta');
    gate.close('okta', 'canary');
    learn(gate);
    expect(gate.closedBy('okta')).toBe('canary');
  });

  it('a gate closes for every strategy after a refusal for the tenant, and keeps that reason', async () => {
    const gate = openGate();
    await gate.closedFor('okta');
    gate.learn('okta', { ...endWith(ending('failed')), concernsTenant: true });
    gate.advance(700_000);
    expect([gate.closedBy('okta'), gate.closedBy('samlp')]).toEqual(['tenant_refused', 'tenant_refused']);
  });

  it('a gate keeps the time limit as the reason if an operator ends the run later', async () => {
    let isInterrupted = false;
    const gate = openGate({ isInterrupted: () => isInterrupted });
    gate.advance(600_000);
    expect(gate.closedBy('okta')).toBe('time');
    isInterrupted = true;
    expect(gate.closedBy('okta')).toBe('time');
  });

  it('a gate closes for the run when the client has no time left', () => {
    const gate = openGate();
    gate.learn('okta', endWith(ending('skipped_stopped', { stopped: 'time' })));
    expect(gate.closedBy('samlp')).toBe('time');
  });
});
