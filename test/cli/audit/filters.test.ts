import { findUnlisted, selectFindings } from '../../../cli/audit/filters';
import { findingOf, reportOf } from '../../report/report-samples';

const NONE = { severity: undefined, strategies: [], only: [] } as const;
/** The name of the second reads like the id of the first. */
const FIRST = { id: 'con_1', name: 'first', strategy: 'okta' };
const SECOND = { id: 'con_2', name: 'con_1', strategy: 'quantum-id' };
const LISTED = [FIRST, SECOND];
const REPORT = reportOf({ findings: LISTED.map((connection) => findingOf({ connection })) });

test.each([
  ['an id is not taken for a name that reads like it', ['con_1'], ['con_1']],
  ['a name is taken where it is no id', ['first'], ['con_1']],
  ['several are taken together', ['first', 'con_2'], ['con_1', 'con_2']],
])('%s', (_, only, ids) => {
  const selection = selectFindings(REPORT, { ...NONE, only }, LISTED);
  expect(selection?.findings.map(({ connection }) => connection.id).toSorted()).toEqual(ids);
});

test('without a filter there is no selection', () => {
  expect(selectFindings(REPORT, NONE, [])).toBeUndefined();
});

test('a strategy that the auditor does not know is known where a connection has it', () => {
  const filters = { ...NONE, strategies: ['quantum-id', 'okta', 'made-up'] };
  expect(findUnlisted(REPORT, filters, LISTED)).toEqual([
    "--strategy: of 2 connections, none has the strategy 'made-up'",
  ]);
});

test('of a listing that is not complete, nobody can say that a name is wrong', () => {
  const filters = { ...NONE, strategies: ['made-up'], only: ['third'] };
  expect(findUnlisted(REPORT, filters, LISTED)).toHaveLength(2);
  expect(findUnlisted(reportOf({ complete: false }), filters, LISTED)).toEqual([]);
});
