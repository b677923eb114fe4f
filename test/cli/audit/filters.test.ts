import { findUnlisted, selectFindings } from '../../../cli/audit/filters';
import { findingOf, reportOf } from '../../report/report-samples';

const NONE = { severity: undefined, strategies: [], only: [] } as const;
/** The name of the second connection equals the id of the first. */
const FIRST = { id: 'con_1', name: 'first', strategy: 'okta' };
const SECOND = { id: 'con_2', name: 'con_1', strategy: 'quantum-id' };
const LISTED = [FIRST, SECOND];
const REPORT = reportOf({ findings: LISTED.map((connection) => findingOf({ connection })) });

test.each([
  ['an id does not match a connection with this name', ['con_1'], ['con_1']],
  ['a name matches if it is not an id', ['first'], ['con_1']],
  ['several names and ids match together', ['first', 'con_2'], ['con_1', 'con_2']],
])('%s', (_, only, ids) => {
  const selection = selectFindings(REPORT, { ...NONE, only }, LISTED);
  expect(selection?.findings.map(({ connection }) => connection.id).toSorted()).toEqual(ids);
});

test('a report without a filter has no selection', () => {
  expect(selectFindings(REPORT, NONE, [])).toBeUndefined();
});

test('a strategy that the auditor does not know is accepted if a connection has it', () => {
  const filters = { ...NONE, strategies: ['quantum-id', 'okta', 'made-up'] };
  expect(findUnlisted(REPORT, filters, LISTED)).toEqual([
    "--strategy: none of 2 connections has the strategy 'made-up'",
  ]);
});

test('an incomplete listing never causes an error about an unknown name', () => {
  const filters = { ...NONE, strategies: ['made-up'], only: ['third'] };
  expect(findUnlisted(REPORT, filters, LISTED)).toHaveLength(2);
  expect(findUnlisted(reportOf({ complete: false }), filters, LISTED)).toEqual([]);
});
