import { type FreshConnection, type Tenant, TenantFailure } from '../../lambda/connection/tenant';
import { EMPTY_STATE, type TenantState } from '../../lambda/history/state';
import { proveListing } from '../../lambda/run/prove-listing';
import { NOW, RUN } from '../history/sample-record';

const FOUND: FreshConnection = Object({});
const ids = (count: number, name = 'con_') => Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
const known = { code: 'WRONG_VALUE', firstSeen: NOW, name: 'contoso', strategy: 'oidc', outcome: 'planned' } as const;
const findingsOf = (of: readonly string[]) => Object.fromEntries(of.map((id) => [id, known]));
const point = { runId: RUN, at: NOW, noncompliant: 0, indeterminate: 0, exempt: 0, remediated: 0 };

/** The state after a complete run that listed these connections. */
function afterListing(listed: readonly string[], change: Partial<TenantState> = {}): TenantState {
  return {
    ...EMPTY_STATE,
    lastListing: { listed: listed.length, sample: listed.slice(0, 300) },
    trend: [{ ...point, complete: true, listed: listed.length }],
    ...change,
  };
}

interface Situation {
  readonly before: TenantState;
  readonly now: readonly string[];
  /** Connections that the tenant still has, even if the listing does not contain them. */
  readonly there: readonly string[];
  readonly failure?: TenantFailure;
  readonly isRemembered?: boolean;
}

/** The result for a listing, and the connections that were read by id. */
async function prove({ before, now, there, failure, isRemembered = true }: Situation) {
  const asked: string[] = [];
  const tenant: Tenant = Object({
    async readConnection(id: string) {
      asked.push(id);
      if (failure !== undefined) throw failure;
      return there.includes(id) ? FOUND : undefined;
    },
  });
  try {
    const notices = await proveListing(tenant, before, {
      listed: now.length,
      has: (id) => now.includes(id),
      isRemembered,
    });
    return { end: notices.map(({ code }) => code).join() || 'proven', notices, message: '', asked };
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return { end: error.reason, notices: [], message: error.message, asked };
  }
}

const accepted = { acceptedEmpty: { at: NOW, by: 'ann on laptop' } };
const dropped = 'LISTING_DROPPED';

describe('the proof of a listing', () => {
  const CASES: readonly (Situation & { readonly claim: string; readonly end: string; readonly requests: number })[] = [
    {
      ...{ claim: '3 to 3', before: afterListing(ids(3)), now: ids(3), there: ids(3) },
      ...{ end: 'proven', requests: 0 },
    },
    {
      ...{ claim: '3 to 1, deleted', before: afterListing(ids(3)), now: ids(1), there: ids(1) },
      ...{ end: dropped, requests: 2 },
    },
    {
      ...{ claim: '3 to 1, cut short', before: afterListing(ids(3)), now: ids(1), there: ids(3) },
      ...{ end: 'listing_short', requests: 1 },
    },
    {
      ...{ claim: '1 to 0, not accepted', before: afterListing(ids(1)), now: [], there: [] },
      ...{ end: 'listing_empty', requests: 0 },
    },
    {
      ...{ claim: '1 to 0, accepted', before: afterListing(ids(1), accepted), now: [], there: [] },
      ...{ end: dropped, requests: 1 },
    },
    {
      ...{ claim: '1 to 0, accepted but cut short', before: afterListing(ids(1), accepted), now: [] },
      ...{ there: ids(1), end: 'listing_short', requests: 1 },
    },
    {
      ...{ claim: '250 to 130, deleted', before: afterListing(ids(250)), now: ids(130), there: ids(130) },
      ...{ end: dropped, requests: 20 },
    },
    {
      ...{ claim: '250 to 130, cut short', before: afterListing(ids(250)), now: ids(130), there: ids(250) },
      ...{ end: 'listing_short', requests: 1 },
    },
    {
      ...{ claim: '250 to 200, deleted (exactly a fifth)', before: afterListing(ids(250)), now: ids(200) },
      ...{ there: ids(200), end: 'proven', requests: 20 },
    },
    {
      ...{ claim: '250 to 199, deleted (more than a fifth)', before: afterListing(ids(250)), now: ids(199) },
      ...{ there: ids(199), end: dropped, requests: 20 },
    },
    {
      ...{ claim: '250 to 0, not accepted', before: afterListing(ids(250)), now: [], there: [] },
      ...{ end: 'listing_empty', requests: 0 },
    },
    {
      ...{ claim: '250 to 0, accepted', before: afterListing(ids(250), accepted), now: [], there: [] },
      ...{ end: dropped, requests: 20 },
    },
    {
      ...{ claim: '250 to 0, accepted but cut short', before: afterListing(ids(250), accepted), now: [] },
      ...{ there: ids(250), end: 'listing_short', requests: 1 },
    },
    {
      ...{ claim: '0 to 0, after an earlier complete run', before: afterListing([]), now: [], there: [] },
      ...{ end: 'proven', requests: 0 },
    },
    {
      ...{ claim: '3 to 3 other connections', before: afterListing(ids(3)), now: ids(3, 'con_x'), there: [] },
      ...{ end: 'proven', requests: 3 },
    },
  ];
  it.each(CASES)('the result for a listing of $claim is $end', async ({ end, requests, ...situation }) => {
    const proven = await prove(situation);
    expect([proven.end, proven.asked.length]).toEqual([end, requests]);
    expect(new Set(proven.asked).size).toBe(requests);
    expect(proven.asked.some((id) => situation.now.includes(id))).toBe(false);
  });

  it('a dropped listing is reported with both numbers', async () => {
    const { notices } = await prove({ before: afterListing(ids(250)), now: ids(130), there: ids(130) });
    expect(notices).toEqual([{ code: dropped, before: 250, now: 130 }]);
  });

  it('an empty listing is reported with the earlier number of connections', async () => {
    const { message } = await prove({ before: afterListing(ids(3)), now: [], there: [] });
    expect(message).toBe('The listing is empty, and the last complete run listed 3.');
  });

  it('a short listing is reported with the id of a connection that still exists', async () => {
    const { message } = await prove({ before: afterListing(ids(3)), now: ids(2), there: ids(3) });
    expect(message).toBe('Connection con_3 is missing from the listing, but it still exists.');
  });

  it('a listing is short if a missing connection cannot be read', async () => {
    const failure = new TenantFailure('request_refused', 'GET: 403.');
    const proven = await prove({ before: afterListing(ids(3)), now: ids(2), there: [], failure });
    expect(proven).toMatchObject({ end: 'listing_short', message: expect.stringMatching(/con_3 .* GET: 403\.$/) });
  });

  it('the proof of a listing ends with out_of_time at the time limit', async () => {
    const failure = new TenantFailure('out_of_time', 'Time was up.');
    const proven = await prove({ before: afterListing(ids(3)), now: ids(2), there: [], failure });
    expect(proven.end).toBe('out_of_time');
  });
});

describe('the requests that prove a listing', () => {
  it('the proof of a listing reads missing findings before the sample', async () => {
    const findings = findingsOf(['con_old', 'con_2']);
    const { asked } = await prove({ before: afterListing(ids(4), { findings }), now: ids(1), there: [] });
    expect(asked).toEqual(['con_old', 'con_2', 'con_3', 'con_4']);
  });

  it.each([
    { missing: 19, requests: 20 },
    { missing: 20, requests: 20 },
    { missing: 25, requests: 20 },
  ])(
    'the proof of a listing with $missing missing findings reads at most 20 connections',
    async ({ missing, requests }) => {
      const findings = findingsOf(ids(missing, 'con_f'));
      const proven = await prove({ before: afterListing(ids(40), { findings }), now: ids(30), there: ids(30) });
      expect([proven.end, proven.asked.length]).toEqual([dropped, requests]);
      expect(proven.asked.filter((id) => id.startsWith('con_f'))).toHaveLength(Math.min(missing, 20));
    },
  );

  it('the proof of a listing reads evenly spaced connections of the missing sample', async () => {
    const { asked } = await prove({ before: afterListing(ids(100)), now: ['con_new'], there: [] });
    expect(asked).toEqual(Array.from({ length: 20 }, (_, index) => `con_${5 * index + 1}`));
  });

  it.each([
    { claim: 'all deleted', there: [], end: 'proven' },
    { claim: 'one of them still there', there: ['con_2'], end: 'listing_short' },
  ])(
    'the proof with a state of version 0.1.0, without a sample, reads its findings: $claim',
    async ({ there, end }) => {
      const trend = [{ ...point, complete: true, listed: 2 }];
      const before = { ...EMPTY_STATE, findings: findingsOf(ids(2)), trend };
      const proven = await prove({ before, now: ids(2, 'con_new'), there });
      expect(proven).toMatchObject({ end, asked: ['con_1', 'con_2'] });
    },
  );
});

describe('the last complete run', () => {
  const trend = [
    { ...point, complete: true, listed: 9 },
    { ...point, complete: false, listed: 2 },
  ];
  it.each([
    {
      claim: 'the last complete run of a state of version 0.1.0 is found in its trend',
      before: { ...EMPTY_STATE, trend },
      end: dropped,
    },
    {
      claim: 'a state with only incomplete runs does not show that a connection is missing',
      before: { ...EMPTY_STATE, trend: trend.slice(1) },
      end: 'proven',
    },
  ])('$claim', async ({ before, end }) => {
    expect((await prove({ before, now: ids(3), there: ids(3) })).end).toBe(end);
  });
});

describe('a listing without connections before any complete run', () => {
  const incomplete = [{ ...point, complete: false, listed: 0 }];
  it.each([
    { claim: 'in the first run', before: EMPTY_STATE },
    { claim: 'after incomplete runs', before: { ...EMPTY_STATE, trend: incomplete } },
  ])('a listing without connections is reported $claim', async ({ before }) => {
    expect((await prove({ before, now: [], there: [] })).end).toBe('NO_CONNECTIONS');
  });
});
