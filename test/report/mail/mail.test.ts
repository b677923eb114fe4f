import fc from 'fast-check';
import { SEVERITIES } from '../../../lambda/contract';
import type { EarlierChange } from '../../../lambda/judge/change';
import { isSettled } from '../../../lambda/judge/outcome';
import { toWord } from '../../../lambda/report/commands/command';
import type { CommandPlace } from '../../../lambda/report/commands/place';
import { writeMail } from '../../../lambda/report/mail/mail';
import { columnsOf } from '../../../lambda/report/text/columns';
import { hostileReport, unseenIn } from '../hostile-reports';
import { DRIFTED, findingOf, NOTHING_READ, reportOf } from '../report-samples';

const DEPLOYED: CommandPlace = {
  environment: toWord('prod'),
  region: toWord('eu-central-1'),
  functionName: toWord('ConnectionAuditor-prod-Function'),
};

const unseen = findingOf({ verdict: 'indeterminate', code: 'OPTIONS_HIDDEN', effective: null, source: null });
const permission = { reason: 'r', owner: 'o', ticket: 't', expires: '2026-12-31' };
/** Whether a change is in a subject. A run that wrote nothing is in no subject. */
const isToldInSubject = ({ change, to }: EarlierChange): boolean =>
  to.people && (change.kind !== 'repair' || change.connections.length > 0);
/** A subject with one of these notices never starts with OK: recipients filter out mails with OK. */
const KEEPS_FROM_OK: ReadonlySet<string> = new Set([
  'NO_CONNECTIONS',
  'LISTING_DROPPED',
  'NOBODY_CONFIRMED',
  'RUNS_MISSED',
]);
const many = (number: number) =>
  Array.from({ length: number }, (_, index) => findingOf({ connection: { id: `con_${index}`, name: `c${index}` } }));

describe('the subject', () => {
  test.each([
    ['a complete run without findings is an all-clear', reportOf(), '[prod] OK: 60 connections audited, none drifted'],
    [
      'a tenant without connections is an all-clear that states this',
      reportOf({ coverage: { listed: 0, judged: 0 } }),
      '[prod] OK: the tenant has no connections',
    ],
    [
      'the subject counts the highest severity, then the drift',
      reportOf({ findings: [findingOf({ severity: 'high' }), findingOf(), findingOf()] }),
      '[prod] 1 HIGH: 3 of 60 connections drifted',
    ],
    [
      'the subject counts indeterminate connections after the drift',
      reportOf({ findings: [findingOf(), unseen] }),
      '[prod] 1 MEDIUM: 1 of 60 connections drifted, 1 indeterminate',
    ],
    [
      'a run with only indeterminate findings is no all-clear',
      reportOf({ findings: [unseen] }),
      '[prod] INDETERMINATE: 1 of 60 connections could not be judged',
    ],
    [
      'an indeterminate finding stays indeterminate under an exemption',
      reportOf({ findings: [{ ...unseen, exemption: permission }] }),
      '[prod] INDETERMINATE: 1 of 60 connections could not be judged',
    ],
    [
      'the subject counts permitted drift separately',
      reportOf({ findings: [findingOf({ exemption: permission })] }),
      '[prod] OK: 60 connections audited, none drifted, 1 exempt',
    ],
    [
      'an incomplete run that read nothing states the reason',
      reportOf(NOTHING_READ),
      '[prod] INCOMPLETE (credentials refused): no connection was read',
    ],
    [
      'an incomplete run with drift states the reason and the drift',
      reportOf({ ...NOTHING_READ, coverage: { listed: 40, judged: 40 }, findings: many(7) }),
      '[prod] INCOMPLETE (credentials refused): 7 MEDIUM: 7 of the 40 read drifted',
    ],
    [
      'an incomplete run without drift is no all-clear',
      reportOf({ ...NOTHING_READ, coverage: { listed: 40, judged: 40 } }),
      '[prod] INCOMPLETE (credentials refused): 40 read, none of them drifted',
    ],
    [
      'a long environment name is shortened, and the counts stay',
      reportOf({ environment: 'x'.repeat(200), findings: many(1) }),
      `[${'x'.repeat(21)}...] 1 MEDIUM: 1 of 60 connections drifted`,
    ],
    [
      'a character outside ASCII is replaced in the subject',
      reportOf({ environment: 'prød\n' }),
      '[pr?d?] OK: 60 connections audited, none drifted',
    ],
  ])('%s', (_claim, report, subject) => {
    expect(writeMail(report).subject).toBe(subject);
  });

  test('a subject has at most 100 printable ASCII characters, and OK only if there is nothing to report', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const { subject } = writeMail(report);
        expect(subject).toMatch(/^[!-~][ -~]{0,99}$/);
        expect(/\] OK: /.test(subject)).toBe(
          report.complete &&
            report.historyFailure === null &&
            report.findings.every(isSettled) &&
            !report.earlierChanges.some(isToldInSubject) &&
            !report.notices.some(({ code }) => KEEPS_FROM_OK.has(code)),
        );
        expect(subject.includes('INCOMPLETE')).toBe(!report.complete);
      }),
    );
  });
});

describe('the body', () => {
  test('the first line of a mail is the verdict', () => {
    expect(writeMail(DRIFTED).body.split('\n')[0]).toBe(
      '3 HIGH: 7 of 60 connections drifted, 2 indeterminate, 1 exempt',
    );
  });

  test('a mail without findings is short and has no next steps', () => {
    const { body } = writeMail(reportOf(), { commands: DEPLOYED });
    expect(body.split('\n').length).toBeLessThan(15);
    expect(body).not.toMatch(/NEXT|npm run/);
  });

  test('a mail shows 25 findings in full, and the rest as counts', () => {
    const { body } = writeMail(reportOf({ findings: many(137) }));
    expect(body.match(/^ {3}- con_/gm)).toHaveLength(25);
    expect(body).toContain('and 112 more:\n  112 MEDIUM WRONG_VALUE (unexpected value)');
  });

  test('a mail explains findings with the same meaning one time', () => {
    const { body } = writeMail(reportOf({ findings: many(20) }));
    expect(body.match(/At each login the identity provider/g)).toHaveLength(1);
  });

  test('a mail does not repeat the same effect for findings of different rules', () => {
    const findings = many(20).map((finding, index) => ({ ...finding, rule: `rule-${index}` }));
    const { body } = writeMail(reportOf({ findings }));
    expect(body.match(/At each login the identity provider/g)).toHaveLength(1);
    expect(body.match(/As in 1\./g)?.length).toBeGreaterThanOrEqual(19);
  });

  test('an exempt finding that could not be judged is not listed as exempt', () => {
    expect(writeMail(reportOf({ findings: [{ ...unseen, exemption: permission }] })).body).not.toContain('EXEMPT');
    expect(writeMail(reportOf({ findings: [findingOf({ exemption: permission })] })).body).toMatch(
      /EXEMPT\n- contoso\n/,
    );
  });

  test('a mail lists the most severe findings first', () => {
    const findings = SEVERITIES.map((severity) => findingOf({ severity, connection: { name: severity } }));
    const { body } = writeMail(reportOf({ findings }));
    const shown = [...body.matchAll(/^ {3}- con_\w+ {2}oidc {2}(\w+)$/gm)].map(([, name]) => name);
    expect(shown).toEqual(SEVERITIES.toReversed());
  });

  test('an environment name that a shell would not read as one word gets no command', () => {
    const { body } = writeMail(reportOf({ environment: 'x; rm -rf .', findings: many(1) }));
    expect(body).not.toMatch(/npm run|--environment/);
  });

  test('a mail has lines of at most 72 columns, no unseen character and a small size, for any names', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const { body } = writeMail(report, {
          commands: DEPLOYED,
        });
        // A place or a link is unbroken on a separate line, so that it can be copied.
        const places = Object.values(report.places ?? {}).map((place) => `  ${place}`);
        for (const line of body.split('\n')) {
          if (!/^ {2}[!-~]+$/.test(line) && !places.includes(line)) expect(columnsOf(line)).toBeLessThanOrEqual(72);
          expect(unseenIn(line)).toEqual([]);
        }
        expect(body.replaceAll('ann@example.com', '')).not.toMatch(/<!|<@|@[\p{L}\p{N}]/u);
        expect(Buffer.byteLength(body)).toBeLessThan(100_000);
      }),
    );
  });

  test('a mail of 10,000 findings with names of 10,000 characters stays below 200 KB', () => {
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      findingOf({ connection: { name: `${index}${'漢'.repeat(10_000)}`, strategy: `s${index}` }, rule: `r${index}` }),
    );
    expect(Buffer.byteLength(writeMail(reportOf({ findings })).body)).toBeLessThan(200_000);
  });
});

describe('links to the Auth0 Dashboard', () => {
  const base = 'https://manage.auth0.com/dashboard/eu/example/connections';
  const linksIn = (change: Parameters<typeof reportOf>[0]) =>
    writeMail(reportOf(change))
      .body.split('\n')
      .filter((line) => line.includes('manage.auth0.com') || line.includes('links to each connection'))
      .map((line) => line.trim());
  const databases = (number: number) =>
    Array.from({ length: number }, (_, index) =>
      findingOf({ connection: { id: `con_${String(index).padStart(16, '0')}`, strategy: 'auth0' } }),
    );

  test('a Dashboard link is on a separate line, below the path to the switch', () => {
    const { body } = writeMail(reportOf({ findings: databases(1) }));
    expect(body).toMatch(
      /each login"\.\n {11}https:\/\/manage\.auth0\.com\/\S+\/database\/con_0{16}\/settings\n {3}Repair/,
    );
  });

  test('a mail has at most five Dashboard links for one group of findings', () => {
    expect(linksIn({ findings: databases(9) })).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `${base}/database/con_000000000000000${index}/settings`),
      'and 4 more; the full report links to each connection',
    ]);
  });

  test.each(['failed_verification', 'failed'] as const)(
    'the section of the outcome %s has Dashboard links',
    (outcome) => {
      const findings = databases(1).map((finding) => ({ ...finding, outcome }));
      expect(linksIn({ mode: 'remediate', findings })).toEqual([`${base}/database/con_0000000000000000/settings`]);
    },
  );

  test('open findings have Dashboard links only in a reminder', () => {
    const open = { findings: databases(1).map((finding) => ({ ...finding, lifecycle: 'open' as const })) };
    expect(linksIn({ ...open, telling: 'at_once' })).toEqual([]);
    expect(linksIn({ ...open, telling: 'reminder' })).toHaveLength(1);
  });

  test('a mail has no Dashboard links if the address of the Dashboard is unknown', () => {
    expect(linksIn({ findings: databases(3), canonicalHost: 'login.example.com' })).toEqual([]);
  });
});
