import type { Connection } from '../../lambda/connection/connection';
import { type Tenant, TenantFailure } from '../../lambda/connection/tenant';
import { createHistory } from '../../lambda/history/keep';
import type { Report } from '../../lambda/judge/report';
import type { Policy } from '../../lambda/policy/policy';
import { runAudit } from '../../lambda/run/run-audit';
import type { Run, World } from '../../lambda/run/world';
import { DEFAULT_CADENCE } from '../../lambda/settings';
import { connectionWith, each, first, NOW, never, odd } from '../connection/sample-connection';
import { createMemoryStore } from '../history/memory-store';

const GRANTED = ['read:connections', 'read:connections_options'];
const POLICY: Policy = { default: { expect: 'on_each_login' } };
const hidden: Connection = { ...connectionWith({ id: 'con_h', name: 'hidden' }), options: { visibility: 'hidden' } };

interface FakeTenant {
  /** A function is called at its place in the listing: it may throw. */
  readonly connections?: readonly (Connection | (() => never))[];
  readonly scopes?: readonly string[] | undefined;
  readonly access?: () => never;
}

/** A tenant that can be read and not written. */
function tenantOf({ connections = [], access, ...rest }: FakeTenant, asked: string[] = []): Tenant {
  const granted = 'scopes' in rest ? rest.scopes : GRANTED;
  const refuse = (name: string) => async () => {
    asked.push(name);
    throw new Error(`${name} is not for an audit that reports`);
  };
  return {
    async access() {
      asked.push('access');
      access?.();
      return { scopes: granted === undefined ? undefined : new Set(granted) };
    },
    async *listConnections() {
      asked.push('listConnections');
      for (const connection of connections) yield typeof connection === 'function' ? connection() : connection;
    },
    readConnection: refuse('readConnection'),
    rewriteConnection: refuse('rewriteConnection'),
    async *listWrites() {
      asked.push('listWrites');
      yield* [];
    },
  };
}

interface Options extends FakeTenant {
  readonly policy?: Policy;
  readonly run?: Partial<Run>;
  readonly world?: Partial<World>;
}

async function audit(options: Options): Promise<{ report: Report; asked: readonly string[] }> {
  const asked: string[] = [];
  let time = NOW;
  const run: Run = {
    runId: 'run-1',
    environment: 'prod',
    tenant: 'example.eu.auth0.com',
    mode: 'report',
    policy: options.policy ?? POLICY,
    policyFingerprint: 'made-up',
    timeZone: 'UTC',
    caps: undefined,
    quarantine: { repairs: 3, days: 7 },
    cadence: DEFAULT_CADENCE,
    withoutPeople: false,
    ...options.run,
  };
  const world: World = {
    tenant: tenantOf(options, asked),
    history: createHistory(createMemoryStore(), run.tenant),
    mayWrite: async () => {
      asked.push('mayWrite');
      return true;
    },
    approve: async () => {
      asked.push('approve');
      return true;
    },
    now: () => {
      time += 1_000;
      return time;
    },
    sleep: async () => undefined,
    stopAt: Number.POSITIVE_INFINITY,
    overBy: Number.POSITIVE_INFINITY,
    ...options.world,
  };
  return { report: await runAudit(run, world), asked };
}

const named = (name: string, setting = each) =>
  connectionWith({ id: `con_${name}`, name }, { rootAttributes: setting });

describe('a run that sees everything', () => {
  it('counts each verdict once, and only findings are kept', async () => {
    const { report } = await audit({
      connections: [
        named('right'),
        named('wrong', first),
        named('odd', odd),
        hidden,
        connectionWith({ id: 'con_sms', name: 'sms', strategy: 'sms' }),
        { ...hidden, id: 'con_e', name: 'empty', options: { visibility: 'empty' } },
      ],
    });
    expect(report).toMatchObject({
      complete: true,
      incomplete: null,
      coverage: { listed: 6, judged: 4 },
      summary: { compliant: 1, noncompliant: 2, not_applicable: 1, indeterminate: 2, exempt: 0 },
    });
    expect(report.findings.map(({ connection }) => connection.name)).toEqual(['odd', 'wrong', 'empty', 'hidden']);
  });

  it('is a report of the run that was asked for', async () => {
    const { report } = await audit({});
    expect(report).toMatchObject({
      runId: 'run-1',
      environment: 'prod',
      tenant: 'example.eu.auth0.com',
      mode: 'report',
      complete: true,
      coverage: { listed: 0, judged: 0 },
    });
    expect(Date.parse(report.startedAt)).toBeGreaterThan(NOW);
    expect(Date.parse(report.finishedAt)).toBeGreaterThan(Date.parse(report.startedAt));
  });

  it('orders its findings by severity whatever the order of the listing', async () => {
    const connections = [named('b', first), named('a', first), named('c', never)];
    const forward = await audit({ connections });
    const backward = await audit({ connections: [...connections].reverse() });
    expect(forward.report.findings.map(({ connection }) => connection.name)).toEqual(['c', 'a', 'b']);
    expect(backward.report.findings).toEqual(forward.report.findings);
  });

  it('keeps the verdict of an exempt connection and counts it as exempt', async () => {
    const permission = { reason: 'r', owner: 'o', ticket: 't', expires: '2999-01-01' };
    const { report } = await audit({
      connections: [named('wrong', first)],
      policy: { ...POLICY, exemptions: [{ name: 'wrong', ...permission }] },
    });
    expect(report.summary).toMatchObject({ noncompliant: 1, exempt: 1 });
    expect(report.findings[0]).toMatchObject({ verdict: 'noncompliant', exemption: permission });
  });

  it('tells how often each unknown strategy was met', async () => {
    const strange = (name: string) => connectionWith({ id: `con_${name}`, name, strategy: 'quantum-id' });
    const { report } = await audit({ connections: [strange('a'), strange('b')] });
    expect(report.notices).toContainEqual({ code: 'UNKNOWN_STRATEGY', strategy: 'quantum-id', connections: 2 });
  });

  it('tells after each connection how many were judged', async () => {
    const told: (readonly [string, number])[] = [];
    await audit({
      connections: [named('a'), named('b')],
      world: { progress: (step, count) => told.push([step, count]) },
    });
    expect(told).toEqual([
      ['judged', 1],
      ['judged', 2],
    ]);
  });
});

describe('a run that reports', () => {
  it('asks the tenant for its scopes, its connections and who moved them, and for nothing else', async () => {
    const { asked, report } = await audit({
      connections: [named('wrong', first)],
      scopes: [...GRANTED, 'update:connections', 'update:connections_options', 'read:logs'],
    });
    expect(asked).toEqual(['access', 'listConnections', 'listWrites']);
    expect(report.findings[0]?.outcome).toBe('planned');
  });

  it('tells which scopes it has no use for', async () => {
    const { report } = await audit({ scopes: [...GRANTED, 'update:connections', 'read:clients'] });
    expect(report.notices).toContainEqual({ code: 'WRITE_SCOPES_IN_REPORT_MODE', scopes: ['update:connections'] });
  });
});

describe('the access', () => {
  const CASES: readonly { scopes: readonly string[]; missing: readonly string[] }[] = [
    { scopes: [], missing: ['read:connections', 'read:connections_options'] },
    { scopes: ['read:connections'], missing: ['read:connections_options'] },
    { scopes: ['read:connections_options'], missing: ['read:connections'] },
    {
      scopes: ['update:connections', 'read:connections_optionsx'],
      missing: ['read:connections', 'read:connections_options'],
    },
  ];
  it.each(CASES)('of $scopes lacks $missing, which is said before the first page', async ({ scopes, missing }) => {
    const { report, asked } = await audit({ scopes, connections: [named('a')] });
    expect(asked).toEqual(['access']);
    expect(report).toMatchObject({
      complete: false,
      incomplete: { reason: 'scope_missing', missingScopes: missing },
      coverage: { listed: 0 },
    });
    expect(report.incomplete?.message).toContain(`lacks ${missing.join(' and ')}. Grant it in the Auth0 Dashboard`);
  });

  it('that nobody tells is tried, with a warning, and hidden options are indeterminate', async () => {
    const { report } = await audit({ scopes: undefined, connections: [hidden] });
    expect(report.complete).toBe(true);
    expect(report.notices).toContainEqual({ code: 'SCOPES_UNKNOWN' });
    expect(report.findings[0]).toMatchObject({ verdict: 'indeterminate', code: 'OPTIONS_HIDDEN', actual: null });
  });
});

describe('a run that is interrupted', () => {
  const fail = (error: unknown) => (): never => {
    throw error;
  };

  it('keeps what was seen until then, and is not complete', async () => {
    const { report } = await audit({
      connections: [
        named('a', first),
        named('b'),
        fail(new TenantFailure('no_answer', 'Listing: no answer.')),
        named('c'),
      ],
    });
    expect(report).toMatchObject({
      complete: false,
      incomplete: { reason: 'no_answer', message: 'Listing: no answer.', missingScopes: [] },
      coverage: { listed: 2, judged: 2 },
      summary: { compliant: 1, noncompliant: 1 },
    });
    expect(report.findings).toHaveLength(1);
  });

  it('does not say what matched nothing, since nobody saw the rest', async () => {
    const policy: Policy = { ...POLICY, rules: [{ id: 'rare', match: { name: 'z' }, expect: 'on_first_login' }] };
    const whole = await audit({ policy, connections: [named('a')] });
    const cut = await audit({ policy, connections: [named('a'), fail(new TenantFailure('no_answer', 'x'))] });
    expect(whole.report.notices).toContainEqual({ code: 'RULE_MATCHED_NOTHING', rule: 'rare' });
    expect(cut.report.notices).toEqual([]);
  });

  it('before the first connection has seen none', async () => {
    const access = fail(new TenantFailure('credentials_refused', 'Asking for a token: 401.'));
    const { report } = await audit({ access, connections: [named('a')] });
    expect(report).toMatchObject({
      complete: false,
      incomplete: { reason: 'credentials_refused' },
      coverage: { listed: 0 },
    });
  });

  const FOREIGN: readonly { error: unknown; name: string }[] = [
    { error: new TypeError('Planted secret in a message'), name: 'TypeError' },
    { error: 'Planted text', name: 'string' },
    { error: undefined, name: 'undefined' },
  ];
  it.each(FOREIGN)('by an error that is not ours ($name) names it and quotes nothing', async ({ error, name }) => {
    const { report } = await audit({ connections: [named('a'), fail(error)] });
    expect(report.incomplete).toMatchObject({ reason: 'internal', message: expect.stringContaining(`(${name})`) });
    expect(JSON.stringify(report)).not.toContain('Planted');
  });
});
