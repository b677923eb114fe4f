import { REMEDIATION_SCOPES } from '../../../sandbox/auth0/access';
import type { SandboxOptions } from '../../../sandbox/auth0/server';
import type { Editor } from '../../../sandbox/auth0/tenant-log';
import type { JsonObject } from '../../../sandbox/json';
import { optionsFor } from '../../../sandbox/seed-options';
import { generate } from '../../../sandbox/seeds';
import { closeScenarios, FIRST, findingOf, openScenario, outcomesIn, withSetting } from './scenario';

afterEach(closeScenarios);

const ID = 'con_AAAAAAAAAAAAAAAA';
const ONE = `/api/v2/connections/${ID}`;
const READ = { method: 'GET', path: ONE };
const WRITE = { method: 'PATCH', path: ONE };
const DRIFTED: JsonObject = { ...optionsFor('okta', 'acme'), set_user_root_attributes: 'on_first_login' };
const PERSON: Editor = { kind: 'dashboard', email: 'ada@example.com', name: 'Ada' };
const APPLICATION: Editor = { kind: 'api', clientId: 'made-up-terraform', clientName: 'Terraform' };

async function openOne(more: SandboxOptions = {}) {
  const seed = [{ id: ID, name: 'acme', strategy: 'okta', display_name: 'Acme', options: DRIFTED }];
  const scenario = await openScenario({ sandbox: { seed, ...more } });
  const edit = (options: JsonObject, editor = PERSON) =>
    scenario.sandbox.editAs(editor, ID, { display_name: 'Acme', options });
  return { ...scenario, edit };
}

describe('an edit between the listing and the fresh read', () => {
  it('an edit of another option before the fresh read is kept', async () => {
    const { sandbox, run, stored, edit } = await openOne();
    const edited = { ...DRIFTED, client_secret: 'made-up-rotated-secret', scope: 'openid' };
    sandbox.faults.add({ name: 'before', run: () => edit(edited) }, READ);
    expect(findingOf(await run(), ID).outcome).toMatch(/^(remediated|failed_verification)$/);
    expect(stored().get(ID)?.options).toEqual({ ...edited, set_user_root_attributes: 'on_each_login' });
  });

  it('an edit of another option long before the fresh read is kept, and the repair is verified', async () => {
    const { sandbox, run, stored, edit, clock } = await openOne();
    const edited = { ...DRIFTED, client_secret: 'made-up-rotated-secret' };
    const editEarlier = () => {
      edit(edited);
      clock.advance(10_000);
    };
    sandbox.faults.add({ name: 'before', run: editEarlier }, READ);
    const report = await run();
    expect(findingOf(report, ID).outcome).toBe('remediated');
    expect(report.otherWriters).toBe('none_seen');
    expect(stored().get(ID)?.options).toEqual({ ...edited, set_user_root_attributes: 'on_each_login' });
  });

  it('an edit of the setting itself before the fresh read is not overwritten', async () => {
    const { sandbox, run, stored, edit, requests } = await openOne();
    const edited = { ...DRIFTED, set_user_root_attributes: 'never_on_login' };
    sandbox.faults.add({ name: 'before', run: () => edit(edited) }, READ);
    expect(findingOf(await run(), ID).outcome).toBe('skipped_conflict');
    expect(requests('PATCH')).toEqual([]);
    expect(stored().get(ID)?.options).toEqual(edited);
  });
});

describe('an edit between the fresh read and the write', () => {
  const edited = { ...DRIFTED, client_secret: 'made-up-rotated-secret' };

  it('an edit between the fresh read and the write is lost, and only the log shows it', async () => {
    const { sandbox, run, stored, edit } = await openOne();
    const before = stored().get(ID);
    sandbox.faults.add({ name: 'before', run: () => edit(edited) }, WRITE);
    const report = await run();
    // The API has no ETag, so the auditor cannot prevent this.
    expect(stored().get(ID)).toEqual(withSetting(before, 'on_each_login'));
    expect(report.otherWriters).toBe('seen');
    const finding = findingOf(report, ID);
    expect(finding.outcome).toBe('failed_verification');
    expect(finding.detail).toContain('ada@example.com');
    expect(finding.change).toMatchObject({ before: 'on_first_login', after: 'on_each_login' });
  });

  it('the detail of an edit by an application contains its name', async () => {
    const { sandbox, run, edit } = await openOne();
    sandbox.faults.add({ name: 'before', run: () => edit(edited, APPLICATION) }, WRITE);
    expect(findingOf(await run(), ID).detail).toContain('Terraform');
  });

  it('the run waits until the log shows an edit', async () => {
    const { sandbox, run, edit } = await openOne({ logDelaySeconds: 4 });
    sandbox.faults.add({ name: 'before', run: () => edit(edited) }, WRITE);
    expect((await run()).otherWriters).toBe('seen');
  });

  it('an edit is found even if the answer to the write was lost and the second read took a minute', async () => {
    const { sandbox, run, edit, clock } = await openOne();
    const slow = { name: 'status', status: 503, headers: { 'retry-after': '60' } } as const;
    sandbox.faults.add({ name: 'before', run: () => edit(edited) }, WRITE);
    sandbox.faults.add({ name: 'reset_after' }, WRITE);
    sandbox.faults.add(slow, { ...READ, nth: 2 });
    const started = clock.now();
    const report = await run();
    expect(clock.now() - started).toBeGreaterThanOrEqual(60_000);
    expect(findingOf(report, ID)).toMatchObject({ outcome: 'failed_verification' });
    expect(report.otherWriters).toBe('seen');
  });

  it('the log is not read for edits without read:logs', async () => {
    const { sandbox, run, edit, requests } = await openOne({ scopes: REMEDIATION_SCOPES });
    sandbox.faults.add({ name: 'before', run: () => edit(edited) }, WRITE);
    const report = await run();
    expect(report.otherWriters).toBe('no_scope');
    expect(findingOf(report, ID).outcome).toBe('remediated');
    expect(requests().some(({ path }) => path === '/api/v2/logs')).toBe(false);
  });

  it.each([
    { claim: 'an error', fault: { name: 'status', status: 500 } },
    { claim: 'a refusal', fault: { name: 'status', status: 403 } },
    { claim: 'a body that is not a page', fault: { name: 'wrong_shape' } },
    { claim: 'HTML', fault: { name: 'html' } },
    { claim: 'a wait of one hour', fault: { name: 'status', status: 429, headers: { 'retry-after': '3600' } } },
  ] as const)('a run is complete if the log answers with $claim', async ({ fault }) => {
    const { sandbox, run } = await openOne();
    sandbox.faults.add(fault, { path: '/api/v2/logs', times: Infinity });
    const report = await run();
    expect(report.otherWriters).toBe('log_unreadable');
    expect(report.complete).toBe(true);
    expect(findingOf(report, ID).outcome).toBe('remediated');
  });
});

describe('other writers', () => {
  it('a run that is the only writer sees no other writer', async () => {
    const { run } = await openOne();
    const report = await run();
    expect(report.otherWriters).toBe('none_seen');
    expect(findingOf(report, ID).outcome).toBe('remediated');
  });

  it('an edit one minute after the repair does not count', async () => {
    const { sandbox, run, edit, clock } = await openOne();
    const editLater = () => {
      clock.advance(60_000);
      edit({ ...DRIFTED, set_user_root_attributes: 'on_each_login', scope: 'openid' });
    };
    sandbox.faults.add({ name: 'before', run: editLater }, { path: '/api/v2/logs', nth: 2 });
    expect((await run()).otherWriters).toBe('none_seen');
  });

  it('an edit of a repaired connection during later repairs does not count', async () => {
    const later = { id: 'con_BBBBBBBBBBBBBBBB', name: 'later', strategy: 'okta', options: DRIFTED };
    const seed = [{ id: ID, name: 'acme', strategy: 'okta', options: DRIFTED }, later];
    const { sandbox, run, clock } = await openScenario({ sandbox: { seed } });
    const editBetween = () => {
      clock.advance(30_000);
      sandbox.editAs(PERSON, ID, { options: { ...DRIFTED, set_user_root_attributes: 'on_each_login' } });
      clock.advance(30_000);
    };
    sandbox.faults.add(
      { name: 'before', run: editBetween },
      { method: 'GET', path: `/api/v2/connections/${later.id}` },
    );
    const report = await run();
    expect(report.otherWriters).toBe('none_seen');
    expect(outcomesIn(report)).toEqual({ remediated: 2 });
  });

  it('an edit of another connection does not count', async () => {
    const other = { id: 'con_BBBBBBBBBBBBBBBB', name: 'other', strategy: 'okta', options: optionsFor('okta', 'other') };
    const seed = [{ id: ID, name: 'acme', strategy: 'okta', options: DRIFTED }, other];
    const { sandbox, run } = await openScenario({ sandbox: { seed } });
    const editOther = () => sandbox.editAs(PERSON, other.id, { options: { ...other.options, scope: 'openid' } });
    sandbox.faults.add({ name: 'before', run: editOther }, WRITE);
    expect((await run()).otherWriters).toBe('none_seen');
  });

  it('another run that wrote at the same time counts as another writer', async () => {
    const { sandbox, run, edit } = await openOne();
    sandbox.faults.add({ name: 'before', run: () => edit(DRIFTED, { ...APPLICATION, clientName: '' }) }, WRITE);
    expect(findingOf(await run(), ID).detail).toContain('made-up-terraform');
  });

  it('another writer is found after more than a thousand log entries', async () => {
    const seed = [
      ...generate(1),
      { id: ID, name: 'zz-acme', strategy: 'okta', display_name: 'Acme', options: DRIFTED },
    ];
    const busy = seed[0]?.id ?? '';
    const { sandbox, run, clock } = await openScenario({ sandbox: { seed } });
    const crowd = () => {
      for (let entry = 0; entry < 1_500; entry += 1) {
        sandbox.editAs(APPLICATION, busy, { display_name: `Customer ${entry}` });
        if (entry % 2 === 0) clock.advance(1);
      }
      sandbox.editAs(PERSON, ID, { display_name: 'Acme', options: DRIFTED });
    };
    sandbox.faults.add({ name: 'before', run: crowd }, WRITE);
    const report = await run();
    expect(report.otherWriters).toBe('seen');
    expect(findingOf(report, ID).detail).toContain('ada@example.com');
  });
});

describe('the window', () => {
  it('the window is the time from the answer to the read to the answer to the write', async () => {
    const { sandbox, run, clock } = await openOne();
    sandbox.faults.add({ name: 'before', run: () => clock.advance(7_000) }, READ);
    sandbox.faults.add({ name: 'after_apply', run: () => clock.advance(90) }, WRITE);
    const { change } = findingOf(await run(), ID);
    expect(change?.windowMs).toBe(90);
  });

  it('the window never includes a wait for the rate limit', async () => {
    for (const rateLimit of ['free', 'nonProduction', 'enterprise'] as const) {
      const { run } = await openScenario({ policy: FIRST, sandbox: { seed: generate(60), rateLimit } });
      const report = await run();
      expect(outcomesIn(report)).toEqual({ remediated: 60 });
      expect(new Set(report.findings.map(({ change }) => change?.windowMs))).toEqual(new Set([0]));
    }
  });

  it('a run writes each connection one time and gets no 429', async () => {
    const { sandbox, run, requests } = await openScenario({ policy: FIRST, sandbox: { seed: generate(40) } });
    await run();
    expect(requests('PATCH')).toHaveLength(40);
    expect(new Set(requests('PATCH').map(({ path }) => path)).size).toBe(40);
    expect(sandbox.requests.filter(({ status }) => status === 429)).toEqual([]);
  });
});
