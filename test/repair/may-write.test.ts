import type { WriteSwitch } from '../../lambda/contract';
import { createHistory } from '../../lambda/history/keep';
import { takeLease } from '../../lambda/history/lease';
import type { StopReason } from '../../lambda/judge/outcome';
import { askToWrite } from '../../lambda/repair/may-write';
import { createMemoryStore } from '../history/memory-store';
import { TENANT } from '../history/sample-record';

interface Row {
  readonly claim: string;
  readonly said: WriteSwitch | Error;
  readonly holder?: string;
  readonly isBroken?: boolean;
  readonly expected: StopReason | undefined;
}

const ROWS: readonly Row[] = [
  { claim: 'is given if the kill switch allows it and the lease is ours', said: 'allow', expected: undefined },
  { claim: 'is refused by the kill switch', said: 'stop', expected: 'kill_switch' },
  { claim: 'is refused by an unreadable kill switch', said: 'unreadable', expected: 'kill_switch_unreadable' },
  {
    claim: 'is refused if the read of the kill switch fails',
    said: new Error('made to fail'),
    expected: 'kill_switch_unreadable',
  },
  { claim: 'is refused if another run has the lease', said: 'allow', holder: 'run-2', expected: 'lease' },
  { claim: 'is refused if the lease cannot be read', said: 'allow', isBroken: true, expected: 'history' },
  {
    claim: 'is refused by the kill switch if the lease is lost too',
    said: 'stop',
    holder: 'run-2',
    expected: 'kill_switch',
  },
];

describe('the permission to write', () => {
  it.each(ROWS)('the permission to write $claim', async ({ said, holder = 'run-1', isBroken = false, expected }) => {
    const store = createMemoryStore();
    const history = createHistory(store, TENANT);
    await takeLease(history, { owner: holder, until: 1_000 });
    store.failWhen(() => isBroken);
    const mayWrite = async () => {
      if (said instanceof Error) throw said;
      return said;
    };
    expect(await askToWrite(history, { owner: 'run-1', mayWrite })).toBe(expected);
  });
});
