import { formerFindings, formerIdsAfter, formerIdsUnder } from '../../lambda/history/former-ids';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { findingOf, NOW, reportOf } from './sample-record';

const known = { code: 'WRONG_VALUE', firstSeen: NOW, name: 'contoso', strategy: 'oidc', outcome: 'planned' } as const;
const state: TenantState = {
  ...EMPTY_STATE,
  findings: { con_1: known, con_2: known, con_3: known },
  formerIds: ['con_1', 'con_2', 'toString'],
};
const resolved = {
  connection: { id: 'con_2', name: 'contoso', strategy: 'oidc' },
  ...({ control: 'set_user_root_attributes', code: 'WRONG_VALUE', firstSeen: NOW, how: 'compliant' } as const),
};

describe('former ids', () => {
  it('a former id is closed by a report of its own finding, open or resolved', () => {
    const report = reportOf([findingOf('con_1'), findingOf('con_3'), findingOf('con_4')], { resolved: [resolved] });
    const { how, ...known } = resolved;
    const earlier = { ...known, former: { tenant: null, namesControl: false } };
    expect(formerFindings(state, report)).toEqual([
      { ...earlier, connection: { ...earlier.connection, id: 'con_1' } },
      earlier,
    ]);
  });

  it('a former id stays if an incomplete run has not seen its finding', () => {
    const report = reportOf([findingOf('con_1')], { complete: false });
    expect(formerFindings(state, report).map(({ connection }) => connection.id)).toEqual(['con_1']);
    expect(formerIdsAfter(state, report)).toEqual(['con_2', 'toString']);
  });

  it('a complete run leaves no former ids', () => {
    expect(formerIdsAfter(state, reportOf([]))).toEqual([]);
  });

  it('a former id stays after a run that could not read the state', () => {
    expect(formerIdsAfter(state, reportOf([findingOf('con_1')], { historyFailure: 'x' }))).toEqual(state.formerIds);
  });

  const HOST = 'login.example.com';
  const under = { ...state, formerIds: formerIdsUnder(HOST, state) };

  it('the former ids of a custom domain cover each finding and the open ids of version 0.1.0', () => {
    expect(under.formerIds).toEqual([
      ...[`${HOST}/con_1`, `${HOST}/con_2`, `${HOST}/toString`],
      ...['con_1', 'con_2', 'con_3'].map((id) => `${HOST}/${id}/set_user_root_attributes`),
    ]);
    expect(formerIdsUnder('other.example.com', { findings: {}, formerIds: under.formerIds })).toEqual(under.formerIds);
  });

  it('a former id of a custom domain is closed like any other', () => {
    const report = reportOf([findingOf('con_1')], { complete: false });
    expect(formerFindings(under, report).map(({ connection, former }) => [connection.id, former])).toEqual([
      ['con_1', { tenant: HOST, namesControl: false }],
      ['con_1', { tenant: HOST, namesControl: true }],
    ]);
    expect(formerIdsAfter(under, report)).toEqual(under.formerIds.filter((entry) => !entry.includes('con_1')));
  });

  it('a former id that is not in the state has no finding to close', () => {
    expect(formerFindings(EMPTY_STATE, reportOf([findingOf('con_1')]))).toEqual([]);
    expect(formerFindings(state, reportOf([findingOf('toString')]))).toEqual([]);
  });
});
