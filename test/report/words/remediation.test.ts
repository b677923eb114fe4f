import fc from 'fast-check';
import { ending, isSettled } from '../../../lambda/judge/outcome';
import type { Report } from '../../../lambda/judge/report';
import { toWord } from '../../../lambda/report/commands/command';
import { writeMail } from '../../../lambda/report/mail/mail';
import { isPermitted } from '../../../lambda/report/words/outcome';
import { hostileReport } from '../hostile-reports';
import { changeOf, KEPT_BACK, OVER_CAP, REMEDIATED, STOPPED } from '../remediation-samples';
import { findingOf, NOTHING_READ, reportOf } from '../report-samples';

const fixed = findingOf(ending('remediated', { change: changeOf() }));
const stopped = (reason: 'kill_switch' | 'lease' | 'canary' | 'time') =>
  findingOf(ending('skipped_stopped', { stopped: reason }));
const remediated = (change: Partial<Report>): Report => reportOf({ mode: 'remediate', ...change });
const exempted = findingOf({
  exemption: { reason: 'r', owner: 'o', ticket: 't', expires: '2026-12-31' },
  ...ending('skipped_exempt'),
});

describe('settled findings', () => {
  test.each([
    ['a fixed and verified finding is settled', fixed, true],
    ['a finding that someone else fixed is settled', findingOf(ending('already_compliant')), true],
    ['a finding of a deleted connection is settled', findingOf(ending('gone')), true],
    ['a permitted finding is settled', exempted, true],
    [
      'a permitted finding with a failed verification is not settled',
      { ...exempted, ...ending('failed_verification') },
      false,
    ],
    [
      'a permitted finding that could not be judged is not settled',
      { ...exempted, verdict: 'indeterminate' as const },
      false,
    ],
    ['a failed repair is not settled', findingOf(ending('failed')), false],
    ['a held finding is not settled', findingOf(ending('held')), false],
    ['a planned repair is not settled', findingOf(), false],
  ])('%s', (_claim, finding, settled) => {
    expect(isSettled(finding)).toBe(settled);
  });
});

describe('the subject after repairs', () => {
  test.each([
    [
      'the subject names a failed verification first',
      REMEDIATED,
      '[prod] 1 FAILED VERIFICATION, 1 FAILED, 5 fixed, 5 of 60 still drifted (MEDIUM), 1 not tried',
    ],
    [
      'the subject of a plan over the cap states that nothing was fixed',
      OVER_CAP,
      '[prod] OVER CAP: nothing fixed, 41 planned, 25 allowed, 42 of 60 still drifted (MEDIUM)',
    ],
    [
      'the subject names the kill switch as the reason of a stop',
      STOPPED,
      '[prod] WRITES STOPPED (kill switch), 1 fixed, 5 of 60 still drifted (MEDIUM)',
    ],
    [
      'the subject of a run that stopped before its first write states that nothing was fixed',
      remediated({ findings: [stopped('lease')] }),
      '[prod] WRITES STOPPED (another run), nothing fixed, 1 of 60 still drifted (MEDIUM)',
    ],
    [
      'the subject counts quarantined and held connections',
      KEPT_BACK,
      '[prod] 1 HIGH: 4 of 60 connections drifted, 2 quarantined, 1 held',
    ],
    [
      'a run that fixed everything is an all-clear with the number of fixes',
      remediated({ findings: [fixed, fixed] }),
      '[prod] OK: 60 connections audited, 2 fixed, none still drifted',
    ],
    [
      'a run with a failed history is no all-clear',
      remediated({ findings: [fixed], historyFailure: 'The bucket could not be written.' }),
      '[prod] HISTORY FAILED, 1 fixed, none of 60 drifted',
    ],
    [
      'an indeterminate finding stays in the subject after a fix',
      remediated({ findings: [fixed, findingOf({ verdict: 'indeterminate', ...ending('skipped_unsafe') })] }),
      '[prod] 1 fixed, 1 indeterminate',
    ],
    [
      'a run that reached its time limit is incomplete, but its listing is not',
      remediated({
        complete: false,
        incomplete: { reason: 'out_of_time', message: 'Time was up.', missingScopes: [] },
        findings: [fixed, stopped('time')],
      }),
      '[prod] INCOMPLETE (out of time): 1 fixed, 1 of the 60 read still drifted (MEDIUM), 1 not tried',
    ],
    [
      'the subject of an incomplete listing states that nothing was fixed',
      remediated({
        ...NOTHING_READ,
        coverage: { listed: 40, judged: 40 },
        findings: [findingOf(ending('skipped_incomplete'))],
      }),
      '[prod] INCOMPLETE (credentials refused): nothing fixed, 1 of the 40 read drifted (MEDIUM)',
    ],
  ])('%s', (_claim, report, subject) => {
    expect(writeMail(report).subject).toBe(subject);
  });

  test('a subject with many parts keeps the most important counts whole', () => {
    const outcomes = ['failed_verification', 'failed', 'remediated', 'quarantined', 'held'] as const;
    const findings = [
      ...outcomes.flatMap((outcome) => Array.from({ length: 1234 }, () => findingOf(ending(outcome)))),
      ...Array.from({ length: 1234 }, () => stopped('kill_switch')),
    ];
    const { subject } = writeMail(
      remediated({
        ...NOTHING_READ,
        environment: 'production-of-europe',
        coverage: { listed: 9999, judged: 9999 },
        findings,
      }),
    );
    expect(subject.length).toBeLessThanOrEqual(99);
    expect(subject).toMatch(
      /^\[.+\] INCOMPLETE: 1234 FAILED VERIFICATION, 1234 FAILED, STOPPED, 1234 fixed, 4936 drifted$/,
    );
  });

  test('a failed verification comes first in any subject, except for INCOMPLETE', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const failed = report.findings.filter(({ outcome }) => outcome === 'failed_verification').length;
        const verdict = writeMail({ ...report, environment: 'prod' }).subject.slice('[prod] '.length);
        if (failed > 0) expect(verdict.replace(/^INCOMPLETE[^:]*: /, '')).toMatch(RegExp(`^${failed} FAILED VERI`));
        else expect(verdict).not.toContain('VERIFICATION');
      }),
    );
  });
});

describe('the body', () => {
  const bodyOf = (report: Report): string => writeMail(report).body;

  test('a mail has the undo command only if something was written', () => {
    const undo = /npm run audit -- undo --environment prod \\\n {4}--run 2026-11-23T04-30-00Z-5f0c2a9e/;
    expect(bodyOf(STOPPED)).toMatch(undo);
    for (const report of [OVER_CAP, KEPT_BACK, remediated({ findings: [stopped('lease')] })]) {
      expect(bodyOf(report)).not.toContain('--run');
    }
  });

  test('a mail mentions other writers only if something was written, and never claims that there were none', () => {
    expect(bodyOf(REMEDIATED)).toMatch(/Other writers during the run: none found in\s+the tenant's log/);
    expect(bodyOf(OVER_CAP)).not.toContain('Other writers');
  });

  test('an id that a shell would not read as one word gets no command', () => {
    const held = findingOf({ connection: { id: '$(rm -rf .)' }, ...ending('held') });
    const body = bodyOf(remediated({ runId: '`x`', findings: [held, fixed] }));
    expect(body).not.toMatch(/--run|--release/);
    const paused = findingOf({ connection: { id: '$(id)' }, ...ending('quarantined', { quarantine: 'refused' }) });
    expect(bodyOf(remediated({ findings: [paused] }))).not.toContain('--retry');
  });

  test('a mail on the kill switch has the command that allows writes again', () => {
    const commands = { environment: toWord('prod'), region: toWord('eu-central-1') };
    expect(writeMail(STOPPED, { commands }).body).toContain('--name /auth0-connection-auditor/prod/writes');
    // Without the region the command would set another parameter, or none.
    expect(bodyOf(STOPPED)).not.toContain('put-parameter');
  });

  test('a stop of one strategy does not claim that all writes stopped', () => {
    const body = bodyOf(remediated({ findings: [findingOf(ending('failed')), stopped('canary')] }));
    expect(body).toContain('NOT TRIED: 1 repair not made');
    expect(body).not.toContain('WRITES STOPPED');
  });

  test('a notice is not repeated if a section of the mail states the same', () => {
    expect(bodyOf(OVER_CAP)).not.toContain('NOTES');
    const notices = [{ code: 'CAP_EXCEEDED', planned: 41, allowed: 25 }] as const;
    expect(bodyOf(reportOf({ notices, findings: [findingOf()] }))).toContain('NOTES');
  });

  test('a mail on a failed history after writes asks to keep the message', () => {
    expect(bodyOf(remediated({ findings: [fixed], historyFailure: 'No answer.' }))).toContain('Keep this message');
  });

  test('a mail stays short with a thousand findings of each outcome', () => {
    const outcomes = ['failed_verification', 'failed', 'remediated', 'gone', 'quarantined', 'held'] as const;
    const findings = outcomes.flatMap((outcome) =>
      Array.from({ length: 1000 }, (_, index) =>
        findingOf({ ...ending(outcome, { detail: `${index} ${'x'.repeat(5000)}` }) }),
      ),
    );
    const body = bodyOf(remediated({ findings }));
    expect(Buffer.byteLength(body)).toBeLessThan(100_000);
    expect(body.match(/and 988 more/g)).toHaveLength(outcomes.length);
  });

  test('a mail contains each connection of a small report, for any run', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const findings = report.findings
          .slice(0, 8)
          .map((finding, index) => ({ ...finding, connection: { ...finding.connection, id: `con_${index}_` } }));
        const body = bodyOf({ ...report, findings, telling: 'at_once' });
        const told = findings.filter((finding) => !isPermitted(finding) || finding.lifecycle !== 'open');
        for (const { connection } of told) expect(body).toContain(connection.id);
      }),
    );
  });
});
