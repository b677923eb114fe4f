import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import fc from 'fast-check';
import type { Report } from '../../lambda/judge/report';
import { writeFindingMessages } from '../../lambda/report/machine/messages';
import { messageJsonSchema } from '../../reference/message-schema';
import { LATER_RUNS } from '../report/earlier-samples';
import { FIVE_RUNS, REPAIRED_AND_REFUSED } from '../report/five-runs';
import { hostileReport } from '../report/hostile-reports';

function compile(schema: Record<string, unknown>): ValidateFunction {
  return new Ajv2020({ strict: false, allErrors: false }).compile(schema);
}

const published = compile(
  JSON.parse(readFileSync(path.join(__dirname, '../../docs/findings-message.schema.json'), 'utf8')),
);
/** Also refuses members that the schema does not describe, so that every published member is described. */
const strict = compile(messageJsonSchema({ strict: true }));

const bodiesOf = (report: Report): unknown[] => [...writeFindingMessages(report)].map(({ body }) => JSON.parse(body));

function problemsOf(report: Report): unknown[] {
  return bodiesOf(report).flatMap((body) =>
    [published, strict].flatMap((valid) => (valid(body) ? [] : [valid.errors])),
  );
}

test.each([...FIVE_RUNS, ...LATER_RUNS])(
  'every message of the run "%s" is valid under docs/findings-message.schema.json',
  (_name, report) => {
    expect(problemsOf(report)).toEqual([]);
  },
);

test('every message of any report is valid under docs/findings-message.schema.json', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      expect(problemsOf(report)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe('docs/findings-message.schema.json', () => {
  const bodies = bodiesOf(REPAIRED_AND_REFUSED);
  const bodyOf = (type: string) => bodies.find((body) => Object(body).messageType === type);
  const finding = bodyOf('finding');
  const summary = bodyOf('run_summary');
  test.each<[string, unknown]>([
    ['a body without messageType', { ...Object(summary), messageType: undefined }],
    ['a body with another schemaVersion', { ...Object(summary), schemaVersion: '0' }],
    ['a summary without the counts of outcomes', { ...Object(summary), outcomes: undefined }],
    ['an unknown outcome', { ...Object(finding), outcome: 'fixed' }],
    ['a change of an unknown kind', { ...Object(finding), messageType: 'earlier_change', changes: [{ kind: 'fix' }] }],
    ['an empty finding', { ...Object(finding), findings: [{}] }],
  ])('docs/findings-message.schema.json refuses %s', (_claim, body) => {
    expect(published(JSON.parse(JSON.stringify(body)))).toBe(false);
  });
});
