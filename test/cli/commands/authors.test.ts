import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../../../lambda/judge/report';
import { describeAuthor, UNKNOWN_AUTHOR_WORDS } from '../../../lambda/report/words/author';
import { ALL_SCOPES, REMEDIATION_SCOPES } from '../../../sandbox/auth0/access';
import type { SandboxOptions } from '../../../sandbox/auth0/server';
import type { Editor } from '../../../sandbox/auth0/tenant-log';
import { optionsFor } from '../../../sandbox/seed-options';
import { createVirtualClock, type VirtualClock } from '../../../sandbox/virtual-clock';
import { closeStores, makeFolder, whenDone } from '../../history/stores';
import { type CommandLine, homeOf, openCommandLine, recordsIn } from '../open-command-line';

afterEach(closeStores);

type Mode = 'report' | 'remediate';
const MODES: readonly Mode[] = ['report', 'remediate'];
const LINES = { report: '--mode report', remediate: '--mode remediate --yes' } as const;
const ID = 'con_AAAAAAAAAAAAAAAA';
const ANN: Editor = { kind: 'dashboard', email: 'ann@example.com', name: 'Ann' };
const TERRAFORM: Editor = { kind: 'api', clientId: 'made-up-terraform', clientName: 'Terraform' };
const HOUR_MS = 3_600_000;

/** A tenant with one connection, a clock that the tenant shares with the command line, and a first run without findings. */
async function openTenant(sandbox: SandboxOptions = {}): Promise<Night> {
  const clock = createVirtualClock(Date.UTC(2026, 10, 21, 4, 30));
  whenDone(() => clock.stop());
  const options = { ...optionsFor('okta', 'acme'), set_user_root_attributes: 'on_each_login' };
  const seed = [{ id: ID, name: 'acme', strategy: 'okta', options }];
  const cli = await openCommandLine({
    sandbox: { now: clock.now, seed, scopes: ALL_SCOPES, ...sandbox },
    environment: { caps: { maxChanges: 10, maxPercent: 100 } },
  });
  expect((await cli.run('--mode report', { clock })).code).toBe(0);
  clock.advance(12 * HOUR_MS);
  return { cli, clock };
}

interface Night {
  readonly cli: CommandLine;
  readonly clock: VirtualClock;
}

function drift({ cli }: Night, editor: Editor, value = 'on_first_login'): void {
  cli.sandbox.editAs(editor, ID, { options: { ...optionsFor('okta', 'acme'), set_user_root_attributes: value } });
}

/** The same through the API, with a chosen correlation id. */
async function driftAs({ cli: { sandbox } }: Night, correlationId: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const grant = { grant_type: 'client_credentials', audience: `${sandbox.origin}/api/v2/`, ...sandbox.credentials };
  const answer = await fetch(`${sandbox.origin}/oauth/token`, { method: 'POST', headers, body: JSON.stringify(grant) });
  const token = Object(await answer.json()).access_token;
  const options = { ...optionsFor('okta', 'acme'), set_user_root_attributes: 'on_first_login' };
  const { status } = await fetch(`${sandbox.origin}/api/v2/connections/${ID}`, {
    method: 'PATCH',
    headers: { ...headers, authorization: `Bearer ${token}`, 'x-correlation-id': correlationId },
    body: JSON.stringify({ options }),
  });
  expect(status).toBe(200);
}

/** What the next run reports as the author of the change. */
async function authorTold({ cli, clock }: Night, mode: Mode, words = ''): Promise<string> {
  const { stdout } = await cli.run(`${LINES[mode]} ${words} --format json`, { clock });
  const { findings }: Pick<Report, 'findings'> = JSON.parse(stdout);
  const [{ changedBy = null } = {}] = findings;
  if (changedBy?.kind === 'unknown') return UNKNOWN_AUTHOR_WORDS[changedBy.why];
  return describeAuthor(changedBy) ?? 'nobody looked';
}

const BEFORE_RETENTION = UNKNOWN_AUTHOR_WORDS.not_in_log;

describe.each(MODES)('who changed a connection, in %s mode', (mode) => {
  it.each([
    [
      'a user of the Dashboard',
      ANN,
      'changed by ann@example.com in the Dashboard, 2026-11-21 16:30 UTC, from 203.0.113.7',
    ],
    [
      'an application',
      TERRAFORM,
      'changed by the application Terraform, made-up-terraform, 2026-11-21 16:30 UTC, from 203.0.113.7',
    ],
  ])(`the author in ${mode} mode is %s`, async (_, editor, words) => {
    const night = await openTenant();
    drift(night, editor);
    night.clock.advance(12 * HOUR_MS);
    expect(await authorTold(night, mode)).toBe(words);
  });

  it(`the author in ${mode} mode is an earlier run if the policy has changed since its repair`, async () => {
    const night = await openTenant();
    const run = await repair(night);
    night.clock.advance(24 * HOUR_MS);
    const policy = path.join(makeFolder(), 'policy.json');
    writeFileSync(policy, JSON.stringify({ default: { expect: 'on_first_login', reason: 'r' } }));
    expect(await authorTold(night, mode, `--policy ${policy}`)).toBe(
      `changed by a repair of run ${run}, 2026-11-21 17:30 UTC`,
    );
  });

  it(`the author in ${mode} mode is the operator who undid a repair`, async () => {
    const night = await openTenant();
    const run = await repair(night);
    night.clock.advance(HOUR_MS);
    expect((await night.cli.run(`undo --run ${run} --yes`, { clock: night.clock })).code).toBe(0);
    const undo = lastRun(night);
    expect(undo).not.toBe(run);
    night.clock.advance(11 * HOUR_MS);
    const told = await authorTold(night, mode);
    expect(told).toMatch(/^changed by \S.* with the undo /);
    expect(told).toContain(`with the undo ${undo}, 2026-11-21 18:30 UTC`);
  });

  it(`the author in ${mode} mode is an application, even if it sends the id of an unknown run`, async () => {
    const night = await openTenant();
    await driftAs(night, '2026-11-20T04-30-00Z-0badf00d');
    night.clock.advance(HOUR_MS);
    expect(await authorTold(night, mode)).toBe(
      'changed by the application made-up-client-id, 2026-11-21 16:30 UTC, from 203.0.113.7',
    );
  });

  it(`the author in ${mode} mode is not a later writer than the read of the connection`, async () => {
    const night = await openTenant();
    drift(night, ANN);
    night.clock.advance(HOUR_MS);
    const editLater = () => {
      night.clock.advance(60_000);
      drift(night, TERRAFORM, 'on_each_login');
      night.clock.advance(60_000);
    };
    night.cli.sandbox.faults.add({ name: 'before', run: editLater }, { path: '/api/v2/logs' });
    expect(await authorTold(night, mode)).toContain('changed by ann@example.com in the Dashboard, 2026-11-21 16:30');
  });

  it(`the author in ${mode} mode is unknown without a write in the log, and never the run itself`, async () => {
    const night = await openTenant();
    night.cli.sandbox.tenant.patch(ID, { options: optionsFor('okta', 'unlogged') });
    night.cli.sandbox.tenant.patch(ID, {
      options: { ...optionsFor('okta', 'acme'), set_user_root_attributes: 'never_on_login' },
    });
    expect(await authorTold(night, mode)).toBe(BEFORE_RETENTION);
    expect(night.cli.writes()).toBe(mode === 'report' ? 0 : 1);
  });

  it(`the author in ${mode} mode is unknown if the log shows the write a minute late`, async () => {
    const night = await openTenant({ logDelaySeconds: 60 });
    drift(night, ANN);
    night.clock.advance(3_000);
    expect(await authorTold(night, mode)).toBe(BEFORE_RETENTION);
  });

  it(`the author in ${mode} mode is unknown without the scope read:logs`, async () => {
    const night = await openTenant({ scopes: REMEDIATION_SCOPES });
    drift(night, ANN);
    expect(await authorTold(night, mode)).toBe(UNKNOWN_AUTHOR_WORDS.no_scope);
  });
});

describe('a log that is six seconds late, and an edit three seconds before the run', () => {
  it.each([
    { mode: 'report', claim: 'is unknown', told: BEFORE_RETENTION },
    {
      mode: 'remediate',
      claim: 'is named, because the log is read after the repairs',
      told: expect.stringContaining('changed by ann@example.com'),
    },
  ] as const)('the author of a late log entry in $mode mode $claim', async ({ mode, told }) => {
    const night = await openTenant({ logDelaySeconds: 6 });
    drift(night, ANN);
    night.clock.advance(3_000);
    expect(await authorTold(night, mode)).toEqual(told);
  });
});

/** A run that repairs a change; with its id. */
async function repair(night: Night): Promise<string> {
  drift(night, ANN);
  night.clock.advance(HOUR_MS);
  expect((await night.cli.run(LINES.remediate, { clock: night.clock })).code).toBe(0);
  return lastRun(night);
}

function lastRun({ cli }: Night): string {
  return (
    recordsIn(path.join(homeOf(cli), 'runs'))
      .toSorted()
      .at(-1)
      ?.replace('.json', '') ?? ''
  );
}
