import { isObject } from '../../connection/own-entry';
import { SETTING } from '../../connection/setting';
import { asObject, type Unknown } from '../carried';

/**
 * A report with the members that an earlier version did not write, as that version meant them. What is there stays as it
 * is, in its order.
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

/** There was one control, one reason for a quarantine, and no kept words of a refusal. */
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

/** Nobody looked for what a write fills in. */
function completeRepair(repair: unknown): unknown {
  return asObject(repair).action === 'manual' ? repair : completed(repair, { fills: [], unproven: [] });
}

/** Version 0.1.0 named the run alone. */
function completeAuthor(changedBy: unknown): unknown {
  return asObject(changedBy).kind === 'ours' ? completed(changedBy, { change: 'repair', by: null }) : changedBy;
}

function completed(value: unknown, members: Unknown): unknown {
  if (!isObject(value)) return value;
  const missing = Object.entries(members).filter(([key]) => !Object.hasOwn(value, key));
  return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing) };
}
