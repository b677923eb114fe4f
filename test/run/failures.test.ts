import type { Finding } from '../../lambda/judge/finding';
import { ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { failuresOf } from '../../lambda/run/failures';
import { findingOf, reportOf } from '../history/sample-record';

const incomplete: Report['incomplete'] = { reason: 'no_answer', message: 'No answer.', missingScopes: [] };

const CASES: readonly {
  claim: string;
  findings?: readonly Finding[];
  change?: Partial<Report>;
  failures: readonly string[];
}[] = [
  { claim: 'a complete run without findings', failures: [] },
  { claim: 'a finding without a repair', findings: [findingOf('con_1')], failures: [] },
  {
    claim: 'a connection that could not be judged',
    findings: [findingOf('con_1', { verdict: 'indeterminate', code: 'OPTIONS_HIDDEN' })],
    failures: [],
  },
  { claim: 'an incomplete run', change: { complete: false, incomplete }, failures: ['No answer.'] },
  {
    claim: 'two failed repairs of three',
    findings: [
      findingOf('con_1', ending('failed')),
      findingOf('con_2', ending('failed_verification')),
      findingOf('con_3', ending('remediated')),
    ],
    failures: ['Repairs that failed or could not be verified: 2.'],
  },
  {
    claim: 'a repair that Auth0 refused for the first time',
    findings: [findingOf('con_1', ending('failed', { refusal: 'Invalid certificate.' }))],
    failures: ['Repairs that failed or could not be verified: 1.'],
  },
  {
    claim: 'a connection paused after refusals and a connection refused again',
    findings: [
      findingOf('con_1', ending('quarantined', { quarantine: 'refused', refusal: 'Invalid certificate.' })),
      findingOf('con_2', ending('quarantined', { quarantine: 'refused_again', refusal: 'Invalid certificate.' })),
    ],
    failures: [],
  },
  { claim: 'a record that was not kept', change: { historyFailure: 'Not written.' }, failures: ['Not written.'] },
  { claim: 'two topics that accepted no message', change: { untold: ['A.', 'B.'] }, failures: ['A.', 'B.'] },
];

it.each(CASES)(
  'the failures of an invocation after $claim are $failures',
  ({ findings = [], change = {}, failures }) => {
    expect(failuresOf(reportOf(findings, change))).toEqual(failures);
  },
);
