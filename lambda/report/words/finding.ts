import type { RootAttributes } from '../../connection/setting';
import type { FindingCode } from '../../judge/evaluate';
import type { Finding } from '../../judge/finding';
import { unreachable } from '../text/unreachable';

/** What drifted, from what to what. An undocumented value's text is anyone's: it is printed with its connection. */
export function describeDrift(finding: Pick<Finding, 'code' | 'effective' | 'source' | 'expected'>): string {
  const wanted = `policy expects ${listExpected(finding.expected)}`;
  switch (finding.code) {
    case 'WRONG_VALUE':
      return `is ${describeActual(finding)}, ${wanted}`;
    case 'UNDOCUMENTED_VALUE':
      return `is a value that Auth0 does not document, ${wanted}`;
    case 'NOT_EXPLICIT':
      return `is ${describeActual(finding)}, policy wants it written down`;
    case 'OPTIONS_HIDDEN':
      return `options hidden, ${wanted}`;
    case 'OPTIONS_EMPTY':
      return `options empty, ${wanted}`;
    default:
      return unreachable(finding.code);
  }
}

function describeActual({ effective, source }: Pick<Finding, 'effective' | 'source'>): string {
  return `${effective ?? 'not known'}${source === 'default' ? " (not set: Auth0's default)" : ''}`;
}

export function listExpected(expected: readonly RootAttributes[]): string {
  return expected.join(' or ');
}

/** Why it matters: the effect on users of what is there now. */
export function explainEffect(finding: Pick<Finding, 'code' | 'effective'>): string {
  switch (finding.code) {
    case 'WRONG_VALUE':
      return finding.effective === null ? EFFECTS_UNKNOWN : EFFECTS[finding.effective];
    case 'UNDOCUMENTED_VALUE':
      return EFFECTS_UNKNOWN;
    case 'NOT_EXPLICIT':
      return 'Nothing is wrong for users today. The value is only what Auth0 does by default, and the policy wants it written down, so that it holds whatever the default becomes.';
    case 'OPTIONS_HIDDEN':
      return 'Nobody knows whether this connection is as the policy says. A token without the scope read:connections_options is answered without the options, and a setting that cannot be seen is not the same as one that is not set. Grant the scope, then run it again.';
    case 'OPTIONS_EMPTY':
      return 'Nobody knows whether this connection is as the policy says. A working connection has options, so an empty answer shows either a connection that was never configured or one whose options were lost; if users log in through it, look now.';
    default:
      return unreachable(finding.code);
  }
}

/**
 * Source: Management API reference, schema ConnectionSetUserRootAttributesEnum: which of the root attributes `name`,
 * `nickname`, `given_name`, `family_name` and `picture` are updated when, and whether an unknown user is created.
 */
const EFFECTS: Readonly<Record<RootAttributes, string>> = {
  on_each_login:
    'At each login the identity provider overwrites name, nickname, given name, family name and picture. What users or your applications changed in these fields is lost the next time they log in.',
  on_first_login:
    'Name, nickname, given name, family name and picture stay as the identity provider sent them at the first login. A person who is renamed in the directory keeps the old name in your applications.',
  never_on_login:
    'Auth0 does not create new users at login, so whoever is new cannot log in through this connection, and profiles are never updated from it. It is right only where something else, such as SCIM, creates the users.',
};
const EFFECTS_UNKNOWN =
  'Auth0 does not document this value, so nobody can say what it does at login: it may overwrite profiles, freeze them, or keep new users out.';

/**
 * What a change of the value does to users, and what to check before it is made. `null` is a value that Auth0 does not
 * document, or one that nobody knows. Same source as above.
 */
export function explainTransition(from: RootAttributes | null, to: RootAttributes): string {
  if (from === to) return 'Nothing changes for users.';
  return from === null ? FROM_UNKNOWN[to] : TRANSITIONS[from][to];
}

const CREATES =
  'From then on whoever can log in at the identity provider gets a user. Make sure that SCIM or Directory Sync was not meant to do this alone.';
const CREATES_NONE =
  'From then on new users are not created at login, and whoever has none is turned away: make sure first that something else, such as SCIM or Directory Sync, creates them.';

const TRANSITIONS: { readonly [From in RootAttributes]: Readonly<Record<RootAttributes, string>> } = {
  on_each_login: {
    on_each_login: '',
    on_first_login:
      'From then on a change in the directory, such as a new name, no longer reaches profiles that exist. Make sure that no application relies on it.',
    never_on_login: `${CREATES_NONE} Profiles that exist keep what they hold.`,
  },
  on_first_login: {
    on_each_login:
      'The next login of each user overwrites what was edited in Auth0: make sure that nobody relies on those edits, since they cannot be brought back.',
    on_first_login: '',
    never_on_login: CREATES_NONE,
  },
  never_on_login: {
    on_each_login: `${CREATES} Each login also overwrites what was edited in Auth0 or written by them.`,
    on_first_login: CREATES,
    never_on_login: '',
  },
};

const FROM_UNKNOWN: Readonly<Record<RootAttributes, string>> = {
  on_each_login:
    'From then on each login overwrites what was edited in Auth0. Look first at a user who logged in lately: whether the profile was frozen or renewed tells what changes.',
  on_first_login:
    'From then on profiles that exist are left alone at login, and whoever is new gets a user. Look first at a user who logged in lately: whether the profile was frozen or renewed tells what changes.',
  never_on_login: CREATES_NONE,
};

/** A name for the kind of finding, as short as a table's cell. */
export function nameCode(code: FindingCode): string {
  return CODES[code];
}

/** What stands for the value where the options could not be read; `undefined` where they could. */
export function nameUnseen(code: FindingCode): string | undefined {
  return code === 'OPTIONS_HIDDEN' || code === 'OPTIONS_EMPTY' ? nameCode(code) : undefined;
}

const CODES: Readonly<Record<FindingCode, string>> = {
  WRONG_VALUE: 'other value than expected',
  UNDOCUMENTED_VALUE: 'undocumented value',
  NOT_EXPLICIT: 'right, but not written down',
  OPTIONS_HIDDEN: 'options hidden',
  OPTIONS_EMPTY: 'options empty',
};
