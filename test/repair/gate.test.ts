import { ending, type Outcome } from '../../lambda/judge/outcome';
import { createGate, type GateRules } from '../../lambda/repair/gate';

const START = 1_000_000;

function openGate(rules: Partial<GateRules> = {}) {
  let time = START;
  const gate = createGate({ now: () => time, stopAt: START + 600_000, mayWrite: async () => true, ...rules });
  const learn = (...outcomes: readonly Outcome[]) => {
    for (const outcome of outcomes) gate.learn('okta', ending(outcome));
  };
  return {
    ...gate,
    learnOf: learn,
    advance(milliseconds: number) {
      time += milliseconds;
    },
  };
}

const many = (count: number, outcome: Outcome) => Array.from({ length: count }, () => outcome);

describe('a gate', () => {
  it('lets a repair through', async () => {
    expect(await openGate().closedFor('okta')).toBeUndefined();
  });

  it.each([
    { claim: 'no', mayWrite: async () => false },
    { claim: 'nothing, but fails', mayWrite: () => Promise.reject(new Error('denied')) },
  ])('is closed when the kill switch says $claim', async ({ mayWrite }) => {
    const gate = openGate({ mayWrite });
    expect(await gate.closedFor('okta')).toBe('kill_switch');
    expect(gate.closedBy('samlp')).toBe('kill_switch');
  });

  it('asks once for all who come at once, and again after half a minute', async () => {
    let asked = 0;
    const mayWrite = async () => {
      asked += 1;
      return asked < 2;
    };
    const gate = openGate({ mayWrite });
    expect(await Promise.all(['okta', 'samlp', 'okta'].map(gate.closedFor))).toEqual([undefined, undefined, undefined]);
    gate.advance(29_999);
    expect(await gate.closedFor('okta')).toBeUndefined();
    gate.advance(1);
    expect(await gate.closedFor('okta')).toBe('kill_switch');
    expect(asked).toBe(2);
  });

  it('that has closed stays closed, whatever is said later', async () => {
    let isAllowed = false;
    const gate = openGate({ mayWrite: async () => isAllowed });
    await gate.closedFor('okta');
    isAllowed = true;
    gate.advance(60_000);
    expect(await gate.closedFor('okta')).toBe('kill_switch');
  });

  it('closes when time is up, and then asks nobody', async () => {
    let asked = 0;
    const mayWrite = async () => {
      asked += 1;
      return true;
    };
    const gate = openGate({ stopAt: START, mayWrite });
    expect(await gate.closedFor('okta')).toBe('time');
    expect(asked).toBe(0);
  });

  it('closes for a repair that has begun and waited past the time', () => {
    const gate = openGate({ stopAt: START + 10 });
    expect(gate.closedBy('okta')).toBeUndefined();
    gate.advance(10);
    expect(gate.closedBy('okta')).toBe('time');
  });

  it('closes for one strategy after something else changed there', () => {
    const gate = openGate();
    gate.learnOf('failed_verification');
    expect(gate.closedBy('okta')).toBe('failures');
    expect(gate.closedBy('samlp')).toBeUndefined();
  });

  it('names the first repair of a strategy as what closed it', () => {
    const gate = openGate();
    gate.learnOf('failed_verification');
    gate.close('okta', 'canary');
    expect(gate.closedBy('okta')).toBe('canary');
  });

  it.each([
    { claim: 'two failures are not many', outcomes: many(2, 'failed'), closed: undefined },
    { claim: 'three of three are', outcomes: many(3, 'failed'), closed: 'failures' },
    {
      claim: 'three of fifteen are not',
      outcomes: [...many(12, 'remediated'), ...many(3, 'failed')],
      closed: undefined,
    },
    { claim: 'three of fourteen are', outcomes: [...many(11, 'remediated'), ...many(3, 'failed')], closed: 'failures' },
    {
      claim: 'what was not tried does not count',
      outcomes: [...many(30, 'already_compliant'), ...many(30, 'gone'), ...many(3, 'failed')],
      closed: 'failures',
    },
  ] as const)('for the run: $claim', ({ outcomes, closed }) => {
    const gate = openGate();
    gate.learnOf(...outcomes);
    expect(gate.closedBy('samlp')).toBe(closed);
  });

  it('closes for the run when the client has no time left', () => {
    const gate = openGate();
    gate.learn('okta', ending('skipped_stopped', { stopped: 'time' }));
    expect(gate.closedBy('samlp')).toBe('time');
  });
});
