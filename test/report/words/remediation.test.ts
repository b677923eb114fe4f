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

describe('what is settled', () => {
  test.each([
    ['fixed and verified', fixed, true],
    ['put right by someone else', findingOf(ending('already_compliant')), true],
    ['deleted', findingOf(ending('gone')), true],
    ['permitted', exempted, true],
    ['permitted, and yet written without success', { ...exempted, ...ending('failed_verification') }, false],
    ['permitted and never seen', { ...exempted, verdict: 'indeterminate' as const }, false],
    ['failed', findingOf(ending('failed')), false],
    ['held', findingOf(ending('held')), false],
    ['planned', findingOf(), false],
  ])('%s', (_claim, finding, settled) => {
    expect(isSettled(finding)).toBe(settled);
  });
});

describe('the subject tells outcomes first', () => {
  test.each([
    [
      'what was not verified is the worst',
      REMEDIATED,
      '[prod] 1 FAILED VERIFICATION, 1 FAILED, 5 fixed, 5 of 60 still drifted (MEDIUM), 1 not tried',
    ],
    [
      'over the cap nothing is fixed',
      OVER_CAP,
      '[prod] OVER CAP: nothing fixed, 41 planned, 25 allowed, 42 of 60 still drifted (MEDIUM)',
    ],
    [
      'the kill switch is named',
      STOPPED,
      '[prod] WRITES STOPPED (kill switch), 1 fixed, 5 of 60 still drifted (MEDIUM)',
    ],
    [
      'stopped before the first write, nothing was fixed',
      remediated({ findings: [stopped('lease')] }),
      '[prod] WRITES STOPPED (another run), nothing fixed, 1 of 60 still drifted (MEDIUM)',
    ],
    ['what is kept back is counted', KEPT_BACK, '[prod] 1 HIGH: 4 of 60 connections drifted, 2 quarantined, 1 held'],
    [
      'all fixed is an all-clear that says so',
      remediated({ findings: [fixed, fixed] }),
      '[prod] OK: 60 connections audited, 2 fixed, none still drifted',
    ],
    [
      'a history that failed is no all-clear',
      remediated({ findings: [fixed], historyFailure: 'The bucket could not be written.' }),
      '[prod] HISTORY FAILED, 1 fixed, none of 60 drifted',
    ],
    [
      'what could not be seen remains after a fix',
      remediated({ findings: [fixed, findingOf({ verdict: 'indeterminate', ...ending('skipped_unsafe') })] }),
      '[prod] 1 fixed, 1 indeterminate',
    ],
    [
      'time that was up makes the run incomplete, not the listing',
      remediated({
        complete: false,
        incomplete: { reason: 'out_of_time', message: 'Time was up.', missingScopes: [] },
        findings: [fixed, stopped('time')],
      }),
      '[prod] INCOMPLETE (out of time): 1 fixed, 1 of the 60 read still drifted (MEDIUM), 1 not tried',
    ],
    [
      'an incomplete listing writes nothing',
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

  test('however much there is to say, the counts that matter survive whole', () => {
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

  test('whatever the run, a failed verification stands before everything but INCOMPLETE', () => {
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

  test('the undo command is there only when something was written', () => {
    const undo = /npm run audit -- undo --environment prod \\\n {4}--run 2026-11-23T04-30-00Z-5f0c2a9e/;
    expect(bodyOf(STOPPED)).toMatch(undo);
    for (const report of [OVER_CAP, KEPT_BACK, remediated({ findings: [stopped('lease')] })]) {
      expect(bodyOf(report)).not.toContain('--run');
    }
  });

  test('other writers are told only when something was written, and never that there were none', () => {
    expect(bodyOf(REMEDIATED)).toMatch(/Other writers during the run: none found in\s+the tenant's log/);
    expect(bodyOf(OVER_CAP)).not.toContain('Other writers');
  });

  test('a run id or a connection id that no shell would take as a word has no command', () => {
    const held = findingOf({ connection: { id: '$(rm -rf .)' }, ...ending('held') });
    const body = bodyOf(remediated({ runId: '`x`', findings: [held, fixed] }));
    expect(body).not.toMatch(/--run|--release/);
    const resting = findingOf({ connection: { id: '$(id)' }, ...ending('quarantined', { quarantine: 'refused' }) });
    expect(bodyOf(remediated({ findings: [resting] }))).not.toContain('--retry');
  });

  test('the kill switch is told with the command that lets runs write again', () => {
    const commands = { environment: toWord('prod'), region: toWord('eu-central-1') };
    expect(writeMail(STOPPED, { commands }).body).toContain('--name /auth0-connection-auditor/prod/writes');
    // Without the region the command would set another parameter, or none.
    expect(bodyOf(STOPPED)).not.toContain('put-parameter');
  });

  test('a stop that only cut off a strategy does not say that writes stopped', () => {
    const body = bodyOf(remediated({ findings: [findingOf(ending('failed')), stopped('canary')] }));
    expect(body).toContain('NOT TRIED: 1 repair left');
    expect(body).not.toContain('WRITES STOPPED');
  });

  test('what a section says is not said again as a notice', () => {
    expect(bodyOf(OVER_CAP)).not.toContain('NOTES');
    const notices = [{ code: 'CAP_EXCEEDED', planned: 41, allowed: 25 }] as const;
    expect(bodyOf(reportOf({ notices, findings: [findingOf()] }))).toContain('NOTES');
  });

  test('a history that failed after writes asks to keep the message', () => {
    expect(bodyOf(remediated({ findings: [fixed], historyFailure: 'No answer.' }))).toContain('Keep this message');
  });

  test('a thousand of each outcome stay short', () => {
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

  test('whatever the run, every connection that is not one of too many is in it', () => {
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
