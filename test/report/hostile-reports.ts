import fc from 'fast-check';
import { FILL_KEYS } from '../../lambda/connection/fills';
import { ROOT_ATTRIBUTES, SETTING } from '../../lambda/connection/setting';
import { keysOf } from '../../lambda/connection/tables';
import { MODES, SEVERITIES } from '../../lambda/contract';
import { CHANGE_KINDS, CHANGE_RESULTS, type EarlierChange } from '../../lambda/judge/change';
import { FINDING_CODES } from '../../lambda/judge/evaluate';
import { type Attribution, type Finding, LIFECYCLES } from '../../lambda/judge/finding';
import { NOTICES, type Notice, type NoticeCode, TOPICS_FOR_PEOPLE } from '../../lambda/judge/notice';
import {
  OUTCOMES as OUTCOME_FACTS,
  QUARANTINES as QUARANTINE_FACTS,
  STOP_REASONS as STOP_FACTS,
} from '../../lambda/judge/outcome';
import { MANUAL_REASONS as MANUAL_FACTS } from '../../lambda/judge/repair';
import { NOTIFICATIONS, type Report, type Resolved, RUN_ERRORS, type TrendPoint } from '../../lambda/judge/report';
import { UNKNOWN_AUTHOR_WORDS } from '../../lambda/report/words/author';
import { RESOLUTION_WORDS } from '../../lambda/report/words/lifecycle';
import { OTHER_WRITERS_WORDS } from '../../lambda/report/words/run';
import { anyCharacter } from '../any-character';
import { manual, remove, set } from '../judge/sample-repair';
import { findingOf, reportOf } from './report-samples';

/** All values of each table, so that a new value is included automatically. */
export const CODES = keysOf(FINDING_CODES);
export const OUTCOMES = keysOf(OUTCOME_FACTS);
export const STOP_REASONS = keysOf(STOP_FACTS);
export const QUARANTINES = keysOf(QUARANTINE_FACTS);
export const MANUAL_REASONS = keysOf(MANUAL_FACTS);
export const OTHER_WRITERS = keysOf(OTHER_WRITERS_WORDS);
export const UNKNOWN_AUTHORS = keysOf(UNKNOWN_AUTHOR_WORDS);
export const NOTICE_CODES = keysOf(NOTICES);

/** The allowed form of a link to the Auth0 Dashboard, for any texts. */
export const DASHBOARD_ADDRESS =
  /^https:\/\/manage\.auth0\.com\/dashboard\/(au|ca|eu|jp|uk|us)\/[a-z0-9-]{3,63}\/connections\/((database|social)\/con_[A-Za-z0-9]{16}\/settings|enterprise(\/okta\/con_[A-Za-z0-9]{16}\/provisioning|\/(ad|oidc|okta|samlp|waad))?)$/;

/** Texts that an attacker would choose: complete, in pieces, and with lone surrogates. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        ...['\n', '\r', '\t', '\u0000', '\u001b[31m', '\u007f', '\u0085', '\u00a0', '\u00ad', '\u200b', '\u200d'],
        ...['\u200e', '\u202e', '\u2028', '\u2029', '\u2066', '\u2069', '\ufeff', '\u{e0041}', '\ud800', '\udc00'],
        ...['<!here>', '<@U123>', '@channel', '&lt;', '[x](y)', '`', '*', '\\', 'https://evil.example', 'evil.example'],
        ...[
          'a',
          'é',
          'e\u0301',
          'ñ',
          '漢',
          '한',
          '😀',
          ' ',
          '  ',
          'x'.repeat(90),
          '漢'.repeat(60),
          'a\u0301\u0301\u0301\u0301\u0301',
        ],
      ),
      { maxLength: 30 },
    )
    .map((pieces) => pieces.join('')),
);

const changedBy: fc.Arbitrary<Attribution> = fc.oneof(
  fc.record({
    kind: fc.constant('known' as const),
    at: hostileText,
    channel: fc.constantFrom('dashboard' as const, 'api' as const),
    email: fc.option(fc.oneof(hostileText, fc.constant('ann@example.com'))),
    clientName: fc.option(hostileText),
    clientId: fc.option(hostileText),
    address: fc.option(hostileText),
    userAgent: fc.option(hostileText),
  }),
  fc.record({
    kind: fc.constant('ours' as const),
    change: fc.constantFrom('repair' as const, 'undo' as const),
    runId: hostileText,
    by: fc.option(hostileText),
    at: hostileText,
  }),
  fc.record({ kind: fc.constant('unknown' as const), why: fc.constantFrom(...UNKNOWN_AUTHORS) }),
);

const finding: fc.Arbitrary<Finding> = fc
  .record({
    connection: fc.record({
      id: hostileText,
      name: hostileText,
      displayName: fc.option(hostileText),
      strategy: fc.oneof(hostileText, fc.constantFrom('samlp', 'auth0', 'sms', 'github')),
    }),
    code: fc.constantFrom(...CODES),
    severity: fc.constantFrom(...SEVERITIES),
    actual: fc.option(hostileText),
    effective: fc.option(fc.constantFrom(...ROOT_ATTRIBUTES)),
    expected: fc.subarray([...ROOT_ATTRIBUTES], { minLength: 1 }),
    source: fc.option(fc.constantFrom('explicit' as const, 'default' as const)),
    rule: hostileText,
    reason: fc.option(hostileText),
    repair: fc.oneof(
      fc.constantFrom(...ROOT_ATTRIBUTES).map((to) => set(to)),
      fc.subarray([...keysOf(FILL_KEYS)]).map((fills) => remove({ fills })),
      fc.constantFrom(...MANUAL_REASONS).map(manual),
    ),
    outcome: fc.constantFrom(...OUTCOMES),
    stopped: fc.option(fc.constantFrom(...STOP_REASONS)),
    unsafe: fc.option(fc.constantFrom(...MANUAL_REASONS)),
    detail: fc.option(hostileText),
    quarantine: fc.option(fc.constantFrom(...QUARANTINES)),
    refusal: fc.option(hostileText),
    firstSeen: fc.option(hostileText),
    lifecycle: fc.constantFrom(...keysOf(LIFECYCLES)),
    changedBy: fc.option(changedBy),
    change: fc.option(
      fc.record({
        before: fc.option(fc.constantFrom(...ROOT_ATTRIBUTES)),
        after: fc.option(fc.constantFrom(...ROOT_ATTRIBUTES)),
        otherKeysChanged: fc.array(hostileText, { maxLength: 8 }),
        windowMs: fc.nat(),
        writtenAt: hostileText,
      }),
    ),
    exemption: fc.option(
      fc.record({ reason: hostileText, owner: hostileText, ticket: hostileText, expires: hostileText }),
    ),
  })
  .map((change) => findingOf({ ...change, verdict: FINDING_CODES[change.code].verdict }));

const exemption = fc.record({
  name: hostileText,
  reason: hostileText,
  owner: hostileText,
  ticket: hostileText,
  expires: hostileText,
});
const code = <Code extends NoticeCode>(value: Code) => fc.constant(value);
/** Each notice with any content. A missing notice does not compile. */
const ANY_NOTICE: { readonly [Code in NoticeCode]: fc.Arbitrary<Extract<Notice, { code: Code }>> } = {
  SCOPES_UNKNOWN: fc.record({ code: code('SCOPES_UNKNOWN') }),
  WRITE_SCOPES_IN_REPORT_MODE: fc.record({
    code: code('WRITE_SCOPES_IN_REPORT_MODE'),
    scopes: fc.array(hostileText, { minLength: 1, maxLength: 3 }),
  }),
  WRITE_SCOPES_MISSING: fc.record({ code: code('WRITE_SCOPES_MISSING') }),
  CAP_EXCEEDED: fc.record({ code: code('CAP_EXCEEDED'), planned: fc.nat(), allowed: fc.nat() }),
  UNKNOWN_STRATEGY: fc.record({ code: code('UNKNOWN_STRATEGY'), strategy: hostileText, connections: fc.nat() }),
  LISTING_DROPPED: fc.record({ code: code('LISTING_DROPPED'), before: fc.nat(), now: fc.nat() }),
  NO_CONNECTIONS: fc.record({ code: code('NO_CONNECTIONS') }),
  LAST_TOLD_IN_FUTURE: fc.record({ code: code('LAST_TOLD_IN_FUTURE'), at: hostileText }),
  NOBODY_CONFIRMED: fc.record({ code: code('NOBODY_CONFIRMED'), topic: fc.constantFrom(...TOPICS_FOR_PEOPLE) }),
  SUBSCRIBERS_UNKNOWN: fc.record({ code: code('SUBSCRIBERS_UNKNOWN'), topic: fc.constantFrom(...TOPICS_FOR_PEOPLE) }),
  RUNS_MISSED: fc.record({ code: code('RUNS_MISSED'), runs: fc.nat(), since: hostileText }),
  WRITES_STOPPED: fc.record({
    code: code('WRITES_STOPPED'),
    since: fc.option(hostileText),
    why: fc.constantFrom('stop', 'unreadable'),
  }),
  RULE_MATCHED_NOTHING: fc.record({ code: code('RULE_MATCHED_NOTHING'), rule: hostileText }),
  ONLY_DEFAULT: fc.record({ code: code('ONLY_DEFAULT'), connections: fc.nat() }),
  OUTSIDE_GROUP_RULES: fc.record({
    code: code('OUTSIDE_GROUP_RULES'),
    connections: fc.nat(),
    strategies: fc.array(fc.record({ strategy: hostileText, connections: fc.nat() }), { maxLength: 10 }),
  }),
  EXEMPTION_EXPIRED: fc.record({
    code: code('EXEMPTION_EXPIRED'),
    exemption,
    graceUntil: fc.option(fc.constant('2026-12-31')),
  }),
  EXEMPTION_EXPIRING: fc.record({ code: code('EXEMPTION_EXPIRING'), exemption, daysLeft: fc.nat() }),
  EXEMPTION_UNUSED: fc.record({ code: code('EXEMPTION_UNUSED'), exemption }),
  EXEMPTION_NOT_NEEDED: fc.record({ code: code('EXEMPTION_NOT_NEEDED'), exemption }),
};
const notice: fc.Arbitrary<Notice> = fc.oneof(...Object.values<fc.Arbitrary<Notice>>(ANY_NOTICE));

const resolved: fc.Arbitrary<Resolved> = fc.record({
  connection: fc.record({ id: hostileText, name: hostileText, strategy: hostileText }),
  control: fc.constant(SETTING),
  code: fc.constantFrom(...CODES),
  firstSeen: hostileText,
  how: fc.constantFrom(...keysOf(RESOLUTION_WORDS)),
});
/** Changes with any texts, for recipients, consumers or both. */
export const earlierChange: fc.Arbitrary<EarlierChange> = fc.record({
  change: fc.record({
    runId: hostileText,
    kind: fc.constantFrom(...keysOf(CHANGE_KINDS)),
    at: fc.oneof(hostileText, fc.constant('2026-11-22T04:30:00.000Z')),
    by: fc.option(hostileText),
    reason: fc.option(hostileText),
    of: fc.option(hostileText),
    isCut: fc.boolean(),
    connections: fc.array(
      fc.record({
        id: hostileText,
        name: hostileText,
        strategy: hostileText,
        before: fc.option(fc.constantFrom(...ROOT_ATTRIBUTES)),
        after: fc.option(fc.constantFrom(...ROOT_ATTRIBUTES)),
        result: fc.constantFrom(...keysOf(CHANGE_RESULTS)),
        at: hostileText,
      }),
      { maxLength: 16 },
    ),
  }),
  to: fc.constantFrom(
    { people: true, machines: true },
    { people: true, machines: false },
    { people: false, machines: true },
  ),
});

const EARLIER: TrendPoint = {
  ...{ runId: 'earlier', at: '2026-11-22T04:30:00.000Z', complete: true, listed: 60 },
  ...{ noncompliant: 1, indeterminate: 0, exempt: 0, remediated: 0 },
};

export const hostileReport: fc.Arbitrary<Report> = fc
  .record({
    environment: hostileText,
    tenant: hostileText,
    canonicalHost: hostileText,
    runId: hostileText,
    listed: fc.nat(),
    message: fc.option(hostileText),
    findings: fc.array(finding, { maxLength: 60 }),
    notices: fc.array(notice, { maxLength: 20 }),
    mode: fc.constantFrom(...MODES),
    otherWriters: fc.constantFrom(...OTHER_WRITERS),
    historyFailure: fc.option(hostileText),
    resolved: fc.array(resolved, { maxLength: 20 }),
    earlierChanges: fc.array(earlierChange, { maxLength: 4 }),
    places: fc.option(fc.record({ record: hostileText, html: hostileText })),
    trend: fc.constantFrom([], [EARLIER]),
    telling: fc.constantFrom(...keysOf(NOTIFICATIONS)),
    reason: fc.constantFrom(...keysOf(RUN_ERRORS)),
  })
  .map(({ listed, message, reason, ...rest }) =>
    reportOf({
      ...rest,
      coverage: { listed: listed + rest.findings.length, judged: listed },
      complete: message === null,
      incomplete: message === null ? null : { reason, message, missingScopes: [] },
    }),
  );

/** Explicit ranges, so that a gap in the expression under test is not a gap in its test. */
const UNSEEN: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202f],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];

/** The code points of the control, bidirectional and invisible characters of a text, without line breaks. */
export function unseenIn(text: string): string[] {
  const found = new Set<number>();
  // Most of a report is ASCII. Each ASCII piece becomes a space, so that no two halves of a surrogate pair join.
  for (const character of text.replace(/[ -~]+/g, ' ')) {
    const code = character.codePointAt(0) ?? 0;
    if (code !== 0x0a && UNSEEN.some(([from, to]) => code >= from && code <= to)) found.add(code);
  }
  return [...found].map((code) => code.toString(16));
}
