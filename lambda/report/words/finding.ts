import type { RootAttributes } from '../../connection/setting';
import { FINDING_CODES, type FindingCode } from '../../judge/evaluate';
import type { Finding } from '../../judge/finding';
import type { ValueWords } from './value-words';

/** What drifted, from what to what. An undocumented value's text is anyone's: it is printed with its connection. */
export function describeDrift(finding: Drift): string {
  return CODE_WORDS[finding.code].drift(finding);
}

type Drift = Pick<Finding, 'code' | 'effective' | 'source' | 'expected'>;

function describeActual({ effective, source }: Pick<Finding, 'effective' | 'source'>): string {
  return `${effective ?? 'not known'}${source === 'default' ? " (not set: Auth0's default)" : ''}`;
}

export function listExpected(expected: readonly RootAttributes[]): string {
  return expected.join(' or ');
}

/** Why it matters: the effect on users of what is there now. */
export function explainEffect({ code, effective }: Pick<Finding, 'code' | 'effective'>): string {
  return CODE_WORDS[code].effect(effective);
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
  'Afterwards, anyone who can sign in at the identity provider gets an Auth0 user. First check that SCIM or Directory Sync is not meant to be the only thing that creates users.';
const CREATES_NONE =
  'Afterwards, no users are created at login, and a person without a user cannot log in. First check that something else, such as SCIM or Directory Sync, creates them.';

const TRANSITIONS: { readonly [From in RootAttributes]: Readonly<Record<RootAttributes, string>> } = {
  on_each_login: {
    on_each_login: '',
    on_first_login:
      'Afterwards, changes in the directory, such as a new name, no longer reach existing profiles. First check that no application relies on them.',
    never_on_login: `${CREATES_NONE} Existing profiles stay as they are.`,
  },
  on_first_login: {
    on_each_login:
      'Afterwards, the next login of each user overwrites edits made in Auth0, and they cannot be restored. First check that nobody relies on them.',
    on_first_login: '',
    never_on_login: CREATES_NONE,
  },
  never_on_login: {
    on_each_login: `${CREATES} Each login also overwrites edits made in Auth0 or by them.`,
    on_first_login: CREATES,
    never_on_login: '',
  },
};

const RECENT =
  'First look at a user who logged in recently: whether the profile was overwritten or kept shows what changes.';
const FROM_UNKNOWN: Readonly<Record<RootAttributes, string>> = {
  on_each_login: `Afterwards, each login overwrites edits made in Auth0. ${RECENT}`,
  on_first_login: `Afterwards, existing profiles stay as they are at login, and new users are created. ${RECENT}`,
  never_on_login: CREATES_NONE,
};

/** A name for the kind of finding, as short as a table's cell. */
export function nameCode(code: FindingCode): string {
  return CODE_WORDS[code].name;
}

/** What stands for the value where the options could not be read; `undefined` where they could. */
export function nameUnseen(code: FindingCode): string | undefined {
  return FINDING_CODES[code].verdict === 'indeterminate' ? nameCode(code) : undefined;
}

interface CodeWords extends ValueWords {
  readonly drift: (finding: Drift) => string;
  readonly effect: (effective: Finding['effective']) => string;
}

const wanted = ({ expected }: Drift): string => `policy expects ${listExpected(expected)}`;

/** What is said of each code. */
export const CODE_WORDS: Readonly<Record<FindingCode, CodeWords>> = {
  WRONG_VALUE: {
    name: 'other value than expected',
    explanation: 'The setting has another value than the policy expects. An unset one counts as `on_each_login`.',
    remedy: 'See who changed it. Repair it, or change the policy.',
    drift: (finding) => `is ${describeActual(finding)}, ${wanted(finding)}`,
    effect: (effective) => (effective === null ? EFFECTS_UNKNOWN : EFFECTS[effective]),
  },
  UNDOCUMENTED_VALUE: {
    name: 'undocumented value',
    explanation: 'A value that Auth0 does not document. Never repaired automatically.',
    remedy: 'Find out who wrote it, and why, before replacing it.',
    drift: (finding) => `is a value that Auth0 does not document, ${wanted(finding)}`,
    effect: () => EFFECTS_UNKNOWN,
  },
  NOT_EXPLICIT: {
    name: 'right, but not written down',
    explanation: 'Right by default, where the rule wants it written out.',
    remedy: 'Repair it.',
    drift: (finding) => `is ${describeActual(finding)}, policy wants it written down`,
    effect: () =>
      'Nothing is wrong for users today. The value is only what Auth0 does by default, and the policy wants it written down, so that it holds whatever the default becomes.',
  },
  OPTIONS_HIDDEN: {
    name: 'options hidden',
    explanation: 'The answer held no options: nobody can judge this connection.',
    remedy: 'Grant `read:connections_options`.',
    drift: (finding) => `options hidden, ${wanted(finding)}`,
    effect: () =>
      'Nobody knows whether this connection is as the policy says. A token without the scope read:connections_options is answered without the options, and a setting that cannot be seen is not the same as one that is not set. Grant the scope, then run it again.',
  },
  OPTIONS_EMPTY: {
    name: 'options empty',
    explanation: 'The connection has an empty options object: nothing can be judged.',
    remedy: 'Look at the connection; finish or delete it.',
    drift: (finding) => `options empty, ${wanted(finding)}`,
    effect: () =>
      'Nobody knows whether this connection is as the policy says. A working connection has options, so an empty answer shows either a connection that was never configured or one whose options were lost; if users log in through it, look now.',
  },
};
