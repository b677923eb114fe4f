import { isRunId, newRunId } from '../lambda/run-id';

const AT = Date.UTC(2026, 0, 5, 4, 30, 7, 999);

describe("a run's id", () => {
  const CASES = [
    { requestId: '8f1c2d3e-aaaa-bbbb-cccc-000000000000', id: '2026-01-05T04-30-07Z-8f1c2d3e' },
    { requestId: 'ABC-DEF', id: '2026-01-05T04-30-07Z-abcdef' },
    { requestId: '', id: '2026-01-05T04-30-07Z-0' },
    { requestId: '\r\nX-Evil: ü', id: '2026-01-05T04-30-07Z-xevil' },
  ];
  it.each(CASES)('the run id of the request $requestId is $id', ({ requestId, id }) => {
    expect(newRunId(AT, requestId)).toBe(id);
    expect(isRunId(id)).toBe(true);
  });

  it.each([
    '',
    'run-1',
    '2026-01-05T04-30-07Z-',
    '2026-01-05T04:30:07Z-0',
    'x2026-01-05T04-30-07Z-0',
    '2026-01-05T04-30-07Z-0\n',
  ])('the text %j is not a run id', (text) => {
    expect(isRunId(text)).toBe(false);
  });

  it('run ids sort by time', () => {
    const ids = [AT + 1_000, AT, AT + 86_400_000].map((now) => newRunId(now, 'ffff'));
    expect([...ids].sort()).toEqual([ids[1], ids[0], ids[2]]);
  });

  it('a run id fits into the correlation header, a URL and a file name', () => {
    const id = newRunId(AT, 'x'.repeat(500));
    expect(id.length).toBeLessThanOrEqual(64);
    expect(id).toMatch(/^[A-Za-z0-9-]+$/);
  });
});
