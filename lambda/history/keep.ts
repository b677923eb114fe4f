import { type History, HistoryFailure, type Lease } from './history';
import { parseChanges, parseLease, parseState } from './parse';
import { type Shelf, ShelfError } from './shelf';
import { EMPTY_STATE } from './state';

/** The history of one tenant on a shelf: a record for each run, one state, one lease. */
export function createHistory(shelf: Shelf, tenant: string): History {
  const folder = encodeURIComponent(tenant);
  const stateKey = `${folder}/state.json`;
  const leaseKey = `${folder}/lease.json`;
  const runKey = (runId: string) => `${folder}/runs/${encodeURIComponent(runId)}.json`;
  const pageKey = (runId: string) => `${folder}/runs/${encodeURIComponent(runId)}.html`;

  async function put(key: string, text: string): Promise<void> {
    const isWritten = await shelf.write(key, text, 'any');
    if (!isWritten) throw new HistoryFailure(`${shelf.placeOf(key)} is being written by another run.`);
  }

  async function release(owner: string): Promise<void> {
    const held = await shelf.read(leaseKey);
    if (held === undefined || parseLease(held.text).owner !== owner) return;
    await shelf.write(leaseKey, JSON.stringify({ owner: '', until: 0 }), { version: held.version });
  }

  return {
    readState: () =>
      onShelf(async () => {
        const kept = await shelf.read(stateKey);
        if (kept === undefined) return { state: EMPTY_STATE, version: undefined };
        const parsed = parseState(kept.text);
        if (!parsed.ok) throw new HistoryFailure(`${shelf.placeOf(stateKey)} is no state of ours: ${parsed.problem}.`);
        return { state: parsed.state, version: kept.version };
      }),
    writeState: (state, version) =>
      onShelf(async () => {
        const condition = version === undefined ? 'absent' : { version };
        const isWritten = await shelf.write(stateKey, JSON.stringify(state), condition);
        if (!isWritten) throw new HistoryFailure(`${shelf.placeOf(stateKey)} was written by another run meanwhile.`);
      }),
    keepRun: (record) => onShelf(() => put(runKey(record.report.runId), JSON.stringify(record))),
    keepPage: (runId, html) => onShelf(() => put(pageKey(runId), html)),
    placesOf: (runId) => ({ record: shelf.placeOf(runKey(runId)), html: shelf.placeOf(pageKey(runId)) }),
    readChanges: (runId) =>
      onShelf(async () => {
        const kept = await shelf.read(runKey(runId));
        if (kept === undefined) return undefined;
        const parsed = parseChanges(kept.text);
        if (parsed?.tenant !== tenant || parsed.runId !== runId) {
          throw new HistoryFailure(`${shelf.placeOf(runKey(runId))} is no record of that run on this tenant.`);
        }
        return parsed.changes;
      }),
    takeLease: (owner, now, until) =>
      onShelf(async (): Promise<Lease | undefined> => {
        const held = await shelf.read(leaseKey);
        if (held !== undefined && parseLease(held.text).until > now) return undefined;
        const condition = held === undefined ? 'absent' : { version: held.version };
        const isTaken = await shelf.write(leaseKey, JSON.stringify({ owner, until }), condition);
        return isTaken ? { release: () => onShelf(() => release(owner)) } : undefined;
      }),
  };
}

async function onShelf<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ShelfError) throw new HistoryFailure(error.message);
    throw error;
  }
}
