import type { Finding } from '../../judge/finding';
import type { ChangeRecord, StopReason } from '../../judge/outcome';
import { makeHarmless } from '../text/harmless';
import { unreachable } from '../text/unreachable';
import { describeOutcome, explainManual } from './repair';

/** What became of one repair, with all that is known of it. */
export function describeEnding({ outcome, stopped, unsafe, detail }: Finding): string {
  const isStopped = outcome === 'skipped_stopped' && stopped !== null;
  const words = [isStopped ? `Not tried: ${nameStop(stopped)}.` : describeOutcome(outcome)];
  if (unsafe !== null) words.push(`Found when it was read again: ${explainManual(unsafe)}`);
  if (detail !== null) words.push(quoteDetail(detail));
  return words.join(' ');
}

/** The words are ours and may quote Auth0, which may quote anyone. */
export function quoteDetail(detail: string): string {
  return makeHarmless(detail, 700);
}

/** What a table's cell has room for. */
export function nameEnding({ outcome, stopped }: Pick<Finding, 'outcome' | 'stopped'>): string {
  switch (outcome) {
    case 'planned':
      return 'planned';
    case 'remediated':
      return 'fixed';
    case 'already_compliant':
      return 'right by now';
    case 'gone':
      return 'deleted';
    case 'skipped_exempt':
      return 'exempt';
    case 'skipped_grace':
      return 'in grace';
    case 'skipped_rule':
      return 'rule says no';
    case 'skipped_unsafe':
      return 'for a person';
    case 'skipped_cap':
      return 'over cap';
    case 'skipped_conflict':
      return 'changed since';
    case 'skipped_incomplete':
      return 'incomplete';
    case 'skipped_stopped':
      return stopped === null ? 'stopped' : nameStop(stopped);
    case 'quarantined':
      return 'quarantined';
    case 'held':
      return 'held';
    case 'failed':
      return 'FAILED';
    case 'failed_verification':
      return 'NOT VERIFIED';
    default:
      return unreachable(outcome);
  }
}

/** A few words for why writes stopped, for a subject or a cell of 14 columns. */
export function nameStop(stopped: StopReason): string {
  switch (stopped) {
    case 'kill_switch':
      return 'kill switch';
    case 'scope':
      return 'scope missing';
    case 'lease':
      return 'another run';
    case 'history':
      return 'history failed';
    case 'declined':
      return 'declined';
    case 'time':
      return 'out of time';
    case 'canary':
      return 'canary failed';
    case 'failures':
      return 'others failed';
    default:
      return unreachable(stopped);
  }
}

export function explainStop(stopped: StopReason): string {
  switch (stopped) {
    case 'kill_switch':
      return 'The kill switch of this environment did not say "allow", or could not be read.';
    case 'scope':
      return 'Nothing shows that the credentials may write.';
    case 'lease':
      return 'Another run was writing to this tenant, or one that was cut still holds the lease.';
    case 'history':
      return 'The history could not be read or written, and nothing is written that could not be undone.';
    case 'declined':
      return 'The person who was asked did not allow it.';
    case 'time':
      return 'Time was up before its turn came.';
    case 'canary':
      return 'The first repair of this strategy failed, so that the others were not tried.';
    case 'failures':
      return 'Repairs failed, so that no more were tried.';
    default:
      return unreachable(stopped);
  }
}

/** `not set -> on_first_login`: the raw values, as an undo would put them back. */
export function describeChange({ before, after }: ChangeRecord): string {
  return `${before ?? 'not set'} -> ${after ?? 'not set'}`;
}

/** The keys beside the setting, without the dots that a mail client could take for a host. */
export function listKeys(keys: readonly string[]): string {
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => makeHarmless(key.replace(/^options\./, ''), 40));
  return [...shown, ...(keys.length > KEYS_SHOWN ? [`and ${keys.length - KEYS_SHOWN} more`] : [])].join(', ');
}

const KEYS_SHOWN = 5;
