import { tellWaits } from '../../../cli/screen/waits';

test('of waits at the same time the last one begun is told, and none when all are over', () => {
  const told: string[] = [];
  const begin = tellWaits({ waiting: (text) => told.push(text) });
  const first = begin?.({ milliseconds: 11_400, why: 'rate_limit' });
  const second = begin?.({ milliseconds: 2_000, why: 'repeat' });
  const short = begin?.({ milliseconds: 999, why: 'rate_limit' });
  short?.();
  second?.();
  first?.();
  expect(told).toEqual([
    'waiting 12 s for the rate limit',
    'no answer, asking again in 2 s',
    'waiting 12 s for the rate limit',
    '',
  ]);
});

test('where stderr is no terminal nobody is told', () => {
  expect(tellWaits({ waiting: undefined })).toBeUndefined();
});
