import { tellWaits } from '../../../cli/screen/waits';

test('the latest of several waits is shown, and no wait after the last has ended', () => {
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
    'no answer, retrying in 2 s',
    'waiting 12 s for the rate limit',
    '',
  ]);
});

test('a stderr that is not a terminal shows no waits', () => {
  expect(tellWaits({ waiting: undefined })).toBeUndefined();
});
