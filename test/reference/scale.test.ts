import { METRICS } from '../../lambda/metrics';
import { dollarsOfRuns, dollarsOfStack, memorySizeFor } from '../../reference/scale/month';
import { MEMORY, megabytesOf, mostConnections, runOnce } from '../../reference/scale/one-run';
import { costOf } from '../../reference/scale/prices';

test('memory is linear in connections and in findings', () => {
  const { baseMb, bytesPerConnection, bytesPerFinding } = MEMORY;
  expect(megabytesOf(0, 0)).toBe(baseMb);
  expect(megabytesOf(1024 ** 2, 0)).toBe(baseMb + bytesPerConnection);
  expect(megabytesOf(0, 1024 ** 2)).toBe(baseMb + bytesPerFinding);
});

test.each([0, 100, 700, 12_300, 1_000_000])(
  'mostConnections finds %i as the most connections for a condition',
  (most) => {
    expect(mostConnections((connections) => connections <= most)).toBe(most);
  },
);

// 15 minutes minus 30 seconds to end. After the first 8 pages, two pages arrive each second (non-production limits).
test('a listing fits one invocation if its last page arrives within 870 seconds', () => {
  const pages = 8 + 2 * 870;
  const ofPages = (count: number) => runOnce('nonProduction', { connections: 100 * count, repairs: 0 }, 0);
  expect(ofPages(pages)).toMatchObject({ seconds: 870, requests: pages + 1, isInTime: true });
  expect(ofPages(pages + 1)).toMatchObject({ isInTime: false });
});

// Another 60 seconds less. The page and its token take 0.3 seconds, and leave 7 of the 8 requests.
test('repairs fit one invocation if the run needs at most 810 seconds', () => {
  const most = (7 + 2 * 810) / 2;
  const repairing = (repairs: number) => runOnce('nonProduction', { connections: 100, repairs }, repairs);
  expect(repairing(Math.floor(most))).toMatchObject({ seconds: 810, isInTime: true });
  expect(repairing(Math.floor(most) + 1)).toMatchObject({ isInTime: false });
});

test('a stack costs a key, a secret, twelve metrics of alarms, and its metrics in 30 hours of a month', () => {
  const metrics = Object.keys(METRICS).length;
  expect(dollarsOfStack(1)).toBeCloseTo(1 + 0.4 + 1.2 + (metrics * 0.3 * 30) / 730, 6);
  expect(dollarsOfStack(3) - dollarsOfStack(0)).toBeCloseTo(3, 6);
});

test('runs cost at most 15 minutes of the function each night', () => {
  const run = (seconds: number) => dollarsOfRuns({ seconds, megabytes: 100, findings: 0 });
  expect(run(1_000)).toBe(run(10_000));
  expect(run(895) - run(0)).toBeCloseTo(costOf('gbSecond', 30 * 895), 6);
});

test('a run that needs more than the default memory is billed for the next half gigabyte', () => {
  expect([100, 1_024, 1_025, 1_602, 2_049].map(memorySizeFor)).toEqual([1_024, 1_024, 1_536, 2_048, 2_560]);
});
