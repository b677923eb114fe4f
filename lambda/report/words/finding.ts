import type { RootAttributes } from '../../connection/setting';
import { FINDING_CODES, type FindingCode } from '../../judge/evaluate';
import type { Finding } from '../../judge/finding';
import type { ValueWords } from './value-words';

/**
 * The value and the expected values. An undocumented value is a foreign text: it is printed with its connection
 * instead.
 */
export function describeDrift(finding: Drift): string {
  return CODE_WORDS[finding.code].drift(finding);
}

type Drift = Pick<Finding, 'code' | 'effective' | 'source' | 'expected'>;

function describeActual({ effective, source }: Pick<Finding, 'effective' | 'source'>): string {
  return `${effective ?? 'unknown'}${source === 'default' ? " (not set: Auth0's default)" : ''}`;
}

export function listExpected(expected: readonly RootAttributes[]): string {
  return expected.join(' or ');
}

/** Why the finding matters: the effect of the current value on users. */
export function explainEffect({ code, effective }: Pick<Finding, 'code' | 'effective'>): string {
  return CODE_WORDS[code].effect(effective);
}

/**
 * Source: Management API reference, schema ConnectionSetUserRootAttributesEnum: which of the root attributes `name`,
 * `nickname`, `given_name`, `family_name` and `picture` are updated, when, and whether a new user is created.
 */
const EFFECTS: Readonly<Record<RootAttributes, string>> = {
  on_each_login:
    'At each login the identity provider overwrites name, nickname, given name, family name and picture. Changes that users or your applications made to these fields are lost at the next login.',
  on_first_login:
    'Name, nickname, given name, family name and picture stay as the identity provider sent them at the first login. A user who is renamed in the directory keeps the old name in your applications.',
  never_on_login:
    'Auth0 does not create users at login, so new users cannot sign in through this connection. Logins never update profiles. This value is correct only if something else, such as SCIM, creates the users.',
};
const EFFECTS_UNKNOWN =
  'Auth0 does not document this value, so its effect at login is unknown. It might overwrite profiles, stop updates of profiles, or prevent new users from signing in.';

/**
 * The effect of a change of the value on users, and what to check before the change. `null`: an undocumented value, or an
 * unknown value. Same source as above.
 */
export function explainTransition(from: RootAttributes | null, to: RootAttributes): string {
  if (from === to) return 'Nothing changes for users.';
  return from === null ? FROM_UNKNOWN[to] : TRANSITIONS[from][to];
}

const CREATES =
  'Afterwards, anyone who can sign in at the identity provider gets an Auth0 user. First check that SCIM or Directory Sync is not meant to be the only thing that creates users.';
const CREATES_NONE =
  'Afterwards, no users are created at login, and a person without an Auth0 user cannot sign in. First check that something else, such as SCIM or Directory Sync, creates the users.';

const TRANSITIONS: { readonly [From in RootAttributes]: Readonly<Record<RootAttributes, string>> } = {
  on_each_login: {
    on_each_login: '',
    on_first_login:
      'Afterwards, changes in the directory, such as a new name, no longer reach existing profiles. First check that no application relies on these changes.',
    never_on_login: `${CREATES_NONE} Existing profiles stay as they are.`,
  },
  on_first_login: {
    on_each_login:
      'Afterwards, the next login of each user overwrites edits made in Auth0. These edits cannot be restored. First check that no one relies on them.',
    on_first_login: '',
    never_on_login: CREATES_NONE,
  },
  never_on_login: {
    on_each_login: `${CREATES} Each login also overwrites edits made in Auth0 or by SCIM or Directory Sync.`,
    on_first_login: CREATES,
    never_on_login: '',
  },
};

const RECENT =
  'First look at the profile of a user who signed in recently, and check whether the login overwrote it. This shows the effect of the change.';
const FROM_UNKNOWN: Readonly<Record<RootAttributes, string>> = {
  on_each_login: `Afterwards, each login overwrites edits made in Auth0. ${RECENT}`,
  on_first_login: `Afterwards, existing profiles stay as they are at login, and new users are created. ${RECENT}`,
  never_on_login: CREATES_NONE,
};

/** The name of a code, short enough for a table cell. */
export function nameCode(code: FindingCode): string {
  return CODE_WORDS[code].name;
}

/** The text in place of the value if the value could not be read; `undefined` if it could be read. */
export function nameUnseen(code: FindingCode): string | undefined {
  return FINDING_CODES[code].verdict === 'indeterminate' ? nameCode(code) : undefined;
}

interface CodeWords extends ValueWords {
  readonly drift: (finding: Drift) => string;
  readonly effect: (effective: Finding['effective']) => string;
}

const wanted = ({ expected }: Drift): string => `policy expects ${listExpected(expected)}`;

/** The texts of each code. */
export const CODE_WORDS: Readonly<Record<FindingCode, CodeWords>> = {
  WRONG_VALUE: {
    name: 'unexpected value',
    explanation:
      'The value of the setting is not one that the policy expects. An unset value counts as `on_each_login`.',
    remedy: 'Find out who changed the value. Repair the connection, or change the policy.',
    drift: (finding) => `value is ${describeActual(finding)}, ${wanted(finding)}`,
    effect: (effective) => (effective === null ? EFFECTS_UNKNOWN : EFFECTS[effective]),
  },
  UNDOCUMENTED_VALUE: {
    name: 'undocumented value',
    explanation: 'The setting has a value that Auth0 does not document. The auditor never repairs it.',
    remedy: 'Find out who wrote the value, and why, before you replace it.',
    drift: (finding) => `value is not documented by Auth0, ${wanted(finding)}`,
    effect: () => EFFECTS_UNKNOWN,
  },
  NOT_EXPLICIT: {
    name: 'not explicit',
    explanation: 'The value is correct only by default. The rule requires an explicit value.',
    remedy: 'Repair the connection.',
    drift: (finding) => `value is ${describeActual(finding)}, policy requires an explicit value`,
    effect: () =>
      'Users are not affected today. The value is only the default of Auth0. The policy requires an explicit value, so that the value stays if Auth0 changes the default.',
  },
  OPTIONS_HIDDEN: {
    name: 'options hidden',
    explanation: "Auth0's answer had no options, so the connection cannot be judged.",
    remedy: 'Grant `read:connections_options`.',
    drift: (finding) => `options hidden, ${wanted(finding)}`,
    effect: () =>
      'It is unknown whether this connection complies with the policy. Auth0 omits the options if the token lacks the scope read:connections_options. A hidden setting is not the same as an unset setting. Grant the scope, then run the audit again.',
  },
  OPTIONS_EMPTY: {
    name: 'options empty',
    explanation: 'The options object of the connection is empty, so the connection cannot be judged.',
    remedy: 'Check the connection. Complete its configuration, or delete it.',
    drift: (finding) => `options empty, ${wanted(finding)}`,
    effect: () =>
      'It is unknown whether this connection complies with the policy. A working connection has options. Empty options mean that the connection was never configured or that its options were lost. If users sign in through it, check it now.',
  },
};
