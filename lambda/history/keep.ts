import { writeRecord, writeState } from './format';
import { type History, HistoryFailure, type Lease } from './history';
import { parseLease } from './parse-lease';
import { parseChanges } from './parse-record';
import { parseState } from './parse-state';
import { EMPTY_STATE } from './state';
import { type Store, StoreError } from './store';
import type { Unread } from './versioned';

/** The history of one tenant on a store: a record for each run, one state, one lease. */
export function createHistory(store: Store, tenant: string): History {
  const folder = encodeURIComponent(tenant);
  const stateKey = `${folder}/state.json`;
  const leaseKey = `${folder}/lease.json`;
  const runKey = (runId: string) => `${folder}/runs/${encodeURIComponent(runId)}.json`;
  const pageKey = (runId: string) => `${folder}/runs/${encodeURIComponent(runId)}.html`;

  async function put(key: string, text: string): Promise<void> {
    const isWritten = await store.write(key, text, 'any');
    if (!isWritten) throw new HistoryFailure(`${store.placeOf(key)} is being written by another run.`);
  }

  async function release(owner: string): Promise<void> {
    const held = await store.read(leaseKey);
    if (held === undefined || parseLease(held.text).owner !== owner) return;
    await store.write(leaseKey, JSON.stringify({ owner: '', until: 0 }), { version: held.version });
  }

  return {
    readState: () =>
      onStore(async () => {
        const kept = await store.read(stateKey);
        if (kept === undefined) return { state: EMPTY_STATE, version: undefined };
        const parsed = parseState(kept.text);
        if (!parsed.ok) throw failureOf(store.placeOf(stateKey), 'is no state of ours', parsed);
        return { state: parsed.state, version: kept.version };
      }),
    writeState: (state, version) =>
      onStore(async () => {
        const condition = version === undefined ? 'absent' : { version };
        const isWritten = await store.write(stateKey, writeState(state), condition);
        if (!isWritten) throw new HistoryFailure(`${store.placeOf(stateKey)} was written by another run meanwhile.`);
      }),
    keepRun: (record) => onStore(() => put(runKey(record.report.runId), writeRecord(record))),
    keepPage: (runId, html) => onStore(() => put(pageKey(runId), html)),
    placesOf: (runId) => ({ record: store.placeOf(runKey(runId)), html: store.placeOf(pageKey(runId)) }),
    readChanges: (runId) =>
      onStore(async () => {
        const kept = await store.read(runKey(runId));
        if (kept === undefined) return undefined;
        const place = store.placeOf(runKey(runId));
        const parsed = parseChanges(kept.text);
        if (!parsed.ok) throw failureOf(place, NOT_THAT_RECORD, parsed);
        if (parsed.tenant !== tenant || parsed.runId !== runId)
          throw new HistoryFailure(`${place} ${NOT_THAT_RECORD}.`);
        return parsed.changes;
      }),
    takeLease: (owner, now, until) =>
      onStore(async (): Promise<Lease | undefined> => {
        const held = await store.read(leaseKey);
        if (held !== undefined && parseLease(held.text).until > now) return undefined;
        const condition = held === undefined ? 'absent' : { version: held.version };
        const isTaken = await store.write(leaseKey, JSON.stringify({ owner, until }), condition);
        return isTaken ? { release: () => onStore(() => release(owner)) } : undefined;
      }),
  };
}

const NOT_THAT_RECORD = 'is no record of that run on this tenant';

function failureOf(place: string, whatItIsNot: string, { isNewer, problem }: Unread): HistoryFailure {
  return new HistoryFailure(isNewer ? `${place} ${problem}` : `${place} ${whatItIsNot}: ${problem}.`);
}

async function onStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw new HistoryFailure(error.message);
    throw error;
  }
}
