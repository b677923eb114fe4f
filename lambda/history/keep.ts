import { canonicalJson, fingerprintOfText } from '../fingerprint';
import { runIdOf, writeConclusion, writeRecord, writeState } from './format';
import { type History, HistoryFailure, type KeptLease } from './history';
import { NO_LEASE } from './lease';
import { parseClaims, parseLease } from './parse-lease';
import { parseRun } from './parse-record';
import { parseState } from './parse-state';
import { EMPTY_STATE } from './state';
import { type Condition, type Store, StoreError, type Text } from './store';
import type { Unread } from './versioned';

/**
 * The history of one tenant in a store: a record for each run, the text of each policy, one state, one lease, the
 * claims on events.
 */
export function createHistory(store: Store, tenant: string): History {
  const folder = encodeURIComponent(tenant);
  const stateKey = `${folder}/state.json`;
  const leaseKey = `${folder}/lease.json`;
  const claimsKey = `${folder}/claims.json`;
  const runKey = (runId: string) => `${folder}/runs/${encodeURIComponent(runId)}.json`;
  const policyKey = (policyFingerprint: string) => `${folder}/policies/${encodeURIComponent(policyFingerprint)}.json`;
  const pageKey = (runId: string) => `${folder}/runs/${encodeURIComponent(runId)}.html`;

  const write = (key: string, text: Text, version: string | undefined) =>
    onStore(() => store.write(key, text, conditionOf(version)));
  const isWritten = async (key: string, text: Text, version: string | undefined) =>
    (await write(key, text, version)) !== undefined;

  return {
    readState: () =>
      onStore(async () => {
        const kept = await store.read(stateKey);
        if (kept === undefined) return { state: EMPTY_STATE, version: undefined };
        const parsed = parseState(kept.text);
        if (!parsed.ok) throw failureOf(store.placeOf(stateKey), 'is not a state file of this auditor', parsed);
        return { state: parsed.state, version: kept.version };
      }),
    writeState: (state, version) => isWritten(stateKey, writeState(state), version),
    writeRun: (record, version) => write(runKey(runIdOf(record)), writeRecord(record), version),
    concludeRun: (run, cut) => isWritten(runKey(run.runId), writeConclusion(run, cut, tenant), run.version),
    keepPage: (runId, html) =>
      onStore(async () => {
        const version = await store.write(pageKey(runId), html, 'any');
        if (version === undefined) throw new HistoryFailure(`${store.placeOf(pageKey(runId))} is being written.`);
      }),
    placesOf: (runId) => ({ record: store.placeOf(runKey(runId)), html: store.placeOf(pageKey(runId)) }),
    readRun: (runId) =>
      onStore(async () => {
        const kept = await store.read(runKey(runId));
        if (kept === undefined) return undefined;
        const place = store.placeOf(runKey(runId));
        const parsed = parseRun(kept.text);
        if (!parsed.ok) throw failureOf(place, NOT_THAT_RECORD, parsed);
        if (parsed.tenant !== tenant || parsed.run.runId !== runId)
          throw new HistoryFailure(`${place} ${NOT_THAT_RECORD}.`, { isLasting: true });
        return { ...parsed.run, version: kept.version };
      }),
    keepPolicy: (policy) =>
      onStore(async () => {
        const text = canonicalJson(policy);
        const key = policyKey(fingerprintOfText(text));
        if ((await store.write(key, text, 'absent')) !== undefined) return;
        // Another process has stored the same text, or is writing it and might fail.
        if ((await store.read(key)) === undefined) throw new HistoryFailure(`${store.placeOf(key)} is being written.`);
      }),
    readPolicy: (policyFingerprint) =>
      onStore(async () => {
        const key = policyKey(policyFingerprint);
        const kept = await store.read(key);
        if (kept === undefined) return undefined;
        const place = store.placeOf(key);
        if (fingerprintOfText(kept.text) !== policyFingerprint)
          throw new HistoryFailure(
            `${place} does not contain the policy with that fingerprint: the file was changed or is damaged.`,
            {
              isLasting: true,
            },
          );
        return { text: kept.text, place };
      }),
    leasePlace: store.placeOf(leaseKey),
    readLease: () =>
      onStore(async (): Promise<KeptLease> => {
        const kept = await store.read(leaseKey);
        if (kept === undefined) return { ...NO_LEASE, isReadable: true, version: undefined };
        return { ...parseLease(kept.text), version: kept.version };
      }),
    writeLease: (terms, version) => isWritten(leaseKey, JSON.stringify(terms), version),
    readClaims: () =>
      onStore(async () => {
        const kept = await store.read(claimsKey);
        return { claims: kept === undefined ? [] : parseClaims(kept.text), version: kept?.version };
      }),
    writeClaims: (claims, version) => isWritten(claimsKey, JSON.stringify(claims), version),
  };
}

const NOT_THAT_RECORD = 'is not a record of that run on this tenant';

function conditionOf(version: string | undefined): Condition {
  return version === undefined ? 'absent' : { version };
}

function failureOf(place: string, whatItIsNot: string, { isNewer, problem }: Unread): HistoryFailure {
  const message = isNewer ? `${place} ${problem}` : `${place} ${whatItIsNot}: ${problem}.`;
  return new HistoryFailure(message, { isLasting: true });
}

async function onStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw new HistoryFailure(error.message);
    throw error;
  }
}
