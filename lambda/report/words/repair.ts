import type { FillKey } from '../../connection/fills';
import type { Finding } from '../../judge/finding';
import { MANUAL_REASONS, type Manual, type ManualReason, type Repair } from '../../judge/repair';
import { unreachable } from '../text/unreachable';
import { dashboardPath } from './dashboard';
import { explainTransition } from './finding';
import type { ValueWords } from './value-words';

/**
 * What a repair would do, and what to check before it. The outcome, not this text, states whether the repair was made.
 */
export function describeRepair({
  repair,
  effective,
  expected,
}: Pick<Finding, 'repair' | 'effective' | 'expected'>): string {
  switch (repair.action) {
    case 'set':
      return sentences(
        `Set options.set_user_root_attributes to ${repair.to} and keep all other options.`,
        describeFills(repair.fills),
        check(effective, repair.to),
      );
    case 'remove':
      return sentences(
        `Delete the key options.set_user_root_attributes and keep all other options. For this type, a missing key means ${repair.to}. If the key is set, the Dashboard shows the switch as off.`,
        describeFills(repair.fills),
        check(effective, repair.to),
      );
    case 'manual':
      return sentences(
        'Manual.',
        explainManual(repair.reason),
        describeKeys(repair),
        checkByHand(repair.reason, effective, expected),
      );
    default:
      return unreachable(repair);
  }
}

function sentences(...all: readonly string[]): string {
  return all.filter((one) => one !== '').join(' ');
}

/** With any write, Auth0 adds options that an older connection lacks. */
function describeFills(fills: readonly FillKey[]): string {
  return fills.length === 0 ? '' : `With this write, Auth0 also adds missing options: ${fills.join(', ')}.`;
}

/** The options that prevent the repair, if the reason is about options. */
export function describeKeys(repair: Manual): string {
  return repair.reason === 'write_fills' ? `Missing options: ${repair.keys.join(', ')}.` : '';
}

/** The same with the path in the Dashboard, if it is known. */
export function describeRemedy(finding: Finding): string {
  const path = dashboardPath(finding.connection.strategy);
  return [describeRepair(finding), ...(path === undefined ? [] : [path])].join(' ');
}

function check(from: Finding['effective'], to: Exclude<Finding['effective'], null>): string {
  return from === null ? '' : explainTransition(from, to);
}

/**
 * The check before a manual fix. Empty if there is no single expected value, or if the text of the reason already has
 * the effect.
 */
function checkByHand(reason: ManualReason, from: Finding['effective'], expected: Finding['expected']): string {
  const [to, ...others] = expected;
  if (to === undefined || others.length > 0) return '';
  return MANUAL_REASONS[reason].saysEffect ? '' : explainTransition(from, to);
}

/** The name of a repair, for a table cell. */
export function nameRepair(repair: Repair): string {
  switch (repair.action) {
    case 'set':
      return 'set';
    case 'remove':
      return 'remove key';
    case 'manual':
      return 'manual';
    default:
      return unreachable(repair);
  }
}

export function explainManual(reason: ManualReason): string {
  const { explanation, remedy } = MANUAL_WORDS[reason];
  return `${explanation} ${remedy}`;
}

/**
 * Why a finding needs a manual fix. Sources: Management API reference, PATCH /api/v2/connections/{id} (`options` is replaced as
 * a whole; the combinations it refuses); terraform-provider-auth0 for encrypted `configuration`.
 */
export const MANUAL_WORDS: Readonly<Record<ManualReason, Omit<ValueWords, 'name'>>> = {
  options_not_visible: {
    explanation: 'A write replaces all options, so hidden options would be lost.',
    remedy: 'First make the options visible.',
  },
  undocumented_value: {
    explanation: 'The connection has a value that Auth0 does not document.',
    remedy: 'Find out who wrote it, and why, before you replace it.',
  },
  unknown_strategy: {
    explanation: 'The auditor does not know this strategy, so it is not proven that writing the setting is safe.',
    remedy: 'Set the value in the Dashboard, or check for a newer release of the auditor.',
  },
  unproven_strategy: {
    explanation:
      'No published schema of Auth0 shows that this strategy accepts the setting, so the auditor does not try.',
    remedy: 'Set the value in the Dashboard.',
  },
  encrypted_configuration: {
    explanation:
      "Auth0 returns the custom database's configuration as ciphertext. A write through the API would encrypt it a second time.",
    remedy: 'Use the switch in the Dashboard, which does not change the configuration.',
  },
  both_password_schemes: {
    explanation:
      'The options contain both password_options and older password settings. Auth0 refuses a write that contains both.',
    remedy: 'First remove one of the two.',
  },
  attributes_conflict: {
    explanation:
      'The options contain attributes together with validation or requires_username. Auth0 refuses a write that contains both.',
    remedy: 'First remove one of the two.',
  },
  masked_secret: {
    explanation:
      'Auth0 returns a secret in the options as a mask. A write replaces all options, so it would replace the secret by the mask.',
    remedy: 'Set the value in the Dashboard.',
  },
  no_repair_target: {
    explanation: 'The policy allows several values, but does not set the value for repairs.',
    remedy: 'Choose a value, or add repairTo to the rule.',
  },
  stops_user_creation: {
    explanation: 'The expected value, never_on_login, also means that no new users are created at login.',
    remedy:
      'Make sure that something else, such as SCIM, creates the users. Then set the value manually, or add allowNeverOnLogin: true and a reason to the rule.',
  },
  only_option: {
    explanation: 'The setting is the only option of the connection. A write without the setting would send no options.',
    remedy: 'Use the switch in the Dashboard.',
  },
  write_fills: {
    explanation:
      'The connection lacks options that can change how users sign in. With any write, Auth0 adds these options with default values.',
    remedy:
      'Save the connection in the Dashboard and test a login. Or allow these keys with allowFilledKeys in the rule, or in the default, that applies to the connection.',
  },
};
