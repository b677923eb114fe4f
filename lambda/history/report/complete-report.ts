import { isObject } from '../../connection/own-entry';
import { SETTING } from '../../connection/setting';
import { asObject, type Unknown } from '../carried';

/**
 * Adds the members that an earlier version did not write, with the values that match the behavior of that version.
 * Existing members stay unchanged, in their order.
 */
export function completeReport(report: unknown): unknown {
  const { tenant, findings, resolved } = asObject(report);
  const whole = completed(report, {
    canonicalHost: tenant,
    earlierChanges: [],
    subscribers: null,
  });
  if (!isObject(whole) || !Array.isArray(findings) || !Array.isArray(resolved)) return whole;
  return { ...whole, findings: findings.map(completeFinding), resolved: resolved.map(completeControl) };
}

/** Earlier versions had one control and one reason for a quarantine, and did not store the message of a refusal. */
function completeFinding(finding: unknown): unknown {
  const { repair, changedBy, outcome } = asObject(finding);
  const whole = completed(completeControl(finding), {
    quarantine: outcome === 'quarantined' ? 'set_back' : null,
    refusal: null,
  });
  const known = { repair: completeRepair(repair), changedBy: completeAuthor(changedBy) };
  const isSame = known.repair === repair && known.changedBy === changedBy;
  return isSame || !isObject(whole) ? whole : { ...whole, ...known };
}

function completeControl(entry: unknown): unknown {
  return completed(entry, { control: SETTING });
}

/** Earlier versions did not check which options Auth0 fills in at a write. */
function completeRepair(repair: unknown): unknown {
  return asObject(repair).action === 'manual' ? repair : completed(repair, { fills: [], unproven: [] });
}

/** Version 0.1.0 stored only the run. */
function completeAuthor(changedBy: unknown): unknown {
  return asObject(changedBy).kind === 'ours' ? completed(changedBy, { change: 'repair', by: null }) : changedBy;
}

function completed(value: unknown, members: Unknown): unknown {
  if (!isObject(value)) return value;
  const missing = Object.entries(members).filter(([key]) => !Object.hasOwn(value, key));
  return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing) };
}
