import type { FillKey } from '../../connection/fills';
import type { Finding } from '../../judge/finding';
import { MANUAL_REASONS, type Manual, type ManualReason, type Repair } from '../../judge/repair';
import { unreachable } from '../text/unreachable';
import { dashboardPath } from './dashboard';
import { explainTransition } from './finding';
import type { ValueWords } from './value-words';

/** What a repair would do, and what to check before. Says nothing of whether it was done: that is the outcome. */
export function describeRepair({
  repair,
  effective,
  expected,
}: Pick<Finding, 'repair' | 'effective' | 'expected'>): string {
  switch (repair.action) {
    case 'set':
      return sentences(
        `Set options.set_user_root_attributes to ${repair.to}, all other options kept.`,
        describeFills(repair.fills),
        check(effective, repair.to),
      );
    case 'remove':
      return sentences(
        `Remove the key options.set_user_root_attributes, all other options kept: left out, it means ${repair.to}; written out, the Dashboard shows the switch as off for this type.`,
        describeFills(repair.fills),
        check(effective, repair.to),
      );
    case 'manual':
      return sentences(
        'By hand.',
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

/** Auth0 adds options that an older connection lacks, whatever the write is for. */
function describeFills(fills: readonly FillKey[]): string {
  return fills.length === 0 ? '' : `At this write Auth0 also adds what the connection lacks: ${fills.join(', ')}.`;
}

/** The options that stand in the way, where the reason is about some. */
export function describeKeys(repair: Manual): string {
  return repair.reason === 'write_fills' ? `Missing here: ${repair.keys.join(', ')}.` : '';
}

/** The same with the place in the Dashboard, where one is known. */
export function describeRemedy(finding: Finding): string {
  const path = dashboardPath(finding.connection.strategy);
  return [describeRepair(finding), ...(path === undefined ? [] : [path])].join(' ');
}

function check(from: Finding['effective'], to: Exclude<Finding['effective'], null>): string {
  return from === null ? '' : explainTransition(from, to);
}

/** A person who repairs by hand checks the same; where nobody could see the value, or the reason says it, there is no more to say. */
function checkByHand(reason: ManualReason, from: Finding['effective'], expected: Finding['expected']): string {
  const [to, ...others] = expected;
  if (to === undefined || others.length > 0) return '';
  return MANUAL_REASONS[reason].saysEffect ? '' : explainTransition(from, to);
}

/** What a table has room for. */
export function nameRepair(repair: Repair): string {
  switch (repair.action) {
    case 'set':
      return 'set';
    case 'remove':
      return 'remove key';
    case 'manual':
      return 'by hand';
    default:
      return unreachable(repair);
  }
}

export function explainManual(reason: ManualReason): string {
  const { explanation, remedy } = MANUAL_WORDS[reason];
  return `${explanation} ${remedy}`;
}

/**
 * Why a person has to do it. Sources: Management API reference, PATCH /api/v2/connections/{id} (`options` is replaced as
 * a whole; the combinations it refuses); terraform-provider-auth0 for encrypted `configuration`.
 */
export const MANUAL_WORDS: Readonly<Record<ManualReason, Omit<ValueWords, 'name'>>> = {
  options_not_visible: {
    explanation: 'A write replaces all options at once, so options that cannot be seen would be lost.',
    remedy: 'First make them visible.',
  },
  undocumented_value: {
    explanation: 'Somebody or something wrote a value that Auth0 does not document.',
    remedy: 'Find out who and why before it is replaced.',
  },
  unknown_strategy: {
    explanation:
      'The auditor does not know this strategy, so nothing shows that the setting can be written there without harm.',
    remedy: 'Set it in the Dashboard, or look for a newer release of the auditor.',
  },
  unproven_strategy: {
    explanation:
      'No schema that Auth0 publishes shows that this strategy accepts the setting, so the auditor does not try.',
    remedy: 'Set it in the Dashboard.',
  },
  encrypted_configuration: {
    explanation:
      "The custom database's configuration reads as ciphertext, and a write through the API would encrypt it a second time.",
    remedy: "Use the Dashboard's switch, which does not touch it.",
  },
  both_password_schemes: {
    explanation:
      'The options hold password_options beside the older password settings, and Auth0 refuses a write that carries both.',
    remedy: 'Remove one of the two first.',
  },
  attributes_conflict: {
    explanation:
      'The options hold attributes beside validation or requires_username, and Auth0 refuses a write that carries both.',
    remedy: 'Remove one of the two first.',
  },
  masked_secret: {
    explanation:
      'A secret among the options reads as masked, and a write replaces all options at once: it would put the mask where the secret is.',
    remedy: 'Set it in the Dashboard.',
  },
  no_repair_target: {
    explanation: 'The policy allows several values and names none to repair to.',
    remedy: 'Choose one, or give the rule a repairTo.',
  },
  stops_user_creation: {
    explanation: 'The value expected, never_on_login, also stops new users from being created at login.',
    remedy:
      'Make sure that something else, such as SCIM, creates them. Then set it manually, or give the rule allowNeverOnLogin: true and a reason.',
  },
  only_option: {
    explanation: 'The setting is the only option of the connection, and a write without it would send no options.',
    remedy: 'Use the switch in the Dashboard.',
  },
  write_fills: {
    explanation:
      'The connection lacks options that can change how users log in, and Auth0 fills them in with defaults at any write.',
    remedy:
      'Save the connection once in the Dashboard and test a login. Or allow these keys in the rule, or the default, that decides: allowFilledKeys.',
  },
};
