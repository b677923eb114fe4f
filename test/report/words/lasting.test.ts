import { FORMATS } from '../../../cli/formats/format-names';
import { writeFormat } from '../../../cli/formats/formats';
import { adviseOnSilence, adviseOnToken } from '../../../lambda/auth0/advice';
import { keysOf } from '../../../lambda/connection/tables';
import type { FailureReason } from '../../../lambda/connection/tenant';
import { ending } from '../../../lambda/judge/outcome';
import { type Report, RUN_ERRORS } from '../../../lambda/judge/report';
import { findingOf, NOTHING_READ, reportOf } from '../report-samples';
import { sentAlert } from '../sent-alert';

const AGAIN = /run(s|) (it |the audit |)again|start another run|tries again|try again/i;

interface Failure {
  readonly claim: string;
  readonly reason: FailureReason;
  readonly message: string;
}

const silence = (code: string): Failure => {
  const { reason, advice } = adviseOnSilence(code);
  return { claim: code, reason, message: `Listing connections: no answer (${code}). ${advice}` };
};

const LASTING: readonly Failure[] = [
  ...[
    'ENOTFOUND',
    'ERR_INVALID_URL',
    'EPROTO',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'PROXY_407',
    'PROXY_403',
    'PROXY_ENOTFOUND',
  ].map(silence),
  {
    claim: 'an audience of a custom domain',
    reason: 'audience_refused',
    message: adviseOnToken(403, 'Service not enabled within domain: x', { audience: 'x', hasPrivateKey: false }).advice,
  },
  ...keysOf(RUN_ERRORS)
    .filter((reason) => RUN_ERRORS[reason].isLasting)
    .map((reason) => ({ claim: `the reason ${reason}`, reason, message: 'x' })),
];

/** All texts that a run can produce for readers. */
function textsOf(report: Report): readonly string[] {
  const { mail, chat } = sentAlert(report);
  const formats = FORMATS.map((format) => writeFormat(format, report, { columns: 100 }));
  return [mail.subject, mail.body, JSON.stringify(chat), ...formats].map((text) => text.replace(/\s+/g, ' '));
}

const runOf = ({ reason, message }: Failure): Report =>
  reportOf({ ...NOTHING_READ, incomplete: { reason, message, missingScopes: [] } });

describe('the advice on a failure', () => {
  test.each(LASTING)('the advice on $claim never recommends to run it again', (failure) => {
    for (const text of textsOf(runOf(failure))) expect(text).not.toMatch(AGAIN);
  });

  test.each(['ECONNRESET', 'TIMEOUT', 'EAI_AGAIN', 'ECONNREFUSED', 'PROXY_502', 'PROXY_ECONNREFUSED'].map(silence))(
    'the advice on $claim recommends to run it again',
    (failure) => {
      expect(failure.reason).toBe('no_answer');
      expect(textsOf(runOf(failure)).join('\n')).toMatch(AGAIN);
    },
  );

  test('the text on a failed repair does not promise that the next run repairs it', () => {
    const detail = 'Writing a connection: no answer (ENOTFOUND). Check the domain.';
    const refused = findingOf({ ...ending('failed', { detail }) });
    for (const text of textsOf(reportOf({ mode: 'remediate', findings: [refused] }))) expect(text).not.toMatch(AGAIN);
  });

  test('each lasting failure code is one that the transport does not retry', () => {
    for (const { claim, reason } of LASTING.slice(0, 13)) {
      expect({ claim, reason }).toEqual({ claim, reason: 'unreachable' });
      expect(adviseOnSilence(claim).isLasting).toBe(true);
    }
  });
});
