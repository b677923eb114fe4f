import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Editor } from '../../../sandbox/auth0/tenant-log';
import { generate } from '../../../sandbox/seeds';
import { closeStores, makeFolder } from '../../history/stores';
import {
  type CommandLine,
  type Ended,
  homeOf,
  openCommandLine,
  readHistory,
  recordsIn,
  widest,
} from '../open-command-line';

afterEach(closeStores);

const REMEDIATE = '--mode remediate --yes --first-run';
const OTHER: Editor = { kind: 'api', clientId: 'made-up-other', clientName: 'Other' };

/** A tenant in which four connections have drifted and were repaired, with the run that repaired them. */
async function openRepaired(): Promise<{ cli: CommandLine; run: string; before: ReturnType<CommandLine['stored']> }> {
  const cli = await openCommandLine();
  const before = cli.stored();
  expect((await cli.run(REMEDIATE)).code).toBe(0);
  const [record = ''] = recordsIn(path.join(homeOf(cli), 'runs'));
  return { cli, run: record.replace('.json', ''), before };
}

function edit(cli: CommandLine, id: string, value: string | undefined): void {
  const { set_user_root_attributes: _, ...options } = Object(cli.stored().get(id)?.options);
  const set = value === undefined ? {} : { set_user_root_attributes: value };
  cli.sandbox.editAs(OTHER, id, { options: { ...options, ...set } });
}

const linesOf = ({ stdout }: Ended) => stdout.trimEnd().split('\n');

describe('undo', () => {
  it('undo shows each value and asks; without a yes it writes nothing and holds nothing', async () => {
    const { cli, run } = await openRepaired();
    const ended = await cli.run(`undo --run ${run}`, { answer: false });
    expect(ended.asked).toEqual(['Restore 4 connections?']);
    expect(ended.stderr).toMatch(/^Will restore on 127\.0\.0\.1:\d+, /);
    expect(ended.stderr.match(/^ {2}con_\w+ {2}(\(not set\)|on_each_login) -> on_first_login$/gm)).toHaveLength(4);
    expect([ended.stdout, ended.code, cli.writes()]).toEqual(['', 1, 4]);
    expect(ended.stderr).toMatch(/\nNothing was written\.\n$/);
    expect(widest(ended)).toBeLessThanOrEqual(80);
    expect((await cli.run('undo --release con_none')).stderr).toContain('no connection is');
  });

  it('undo without a terminal to ask in writes nothing and reports it on stderr', async () => {
    const { cli, run } = await openRepaired();
    const ended = await cli.run(`undo --run ${run}`);
    expect(ended.stderr).toContain('No terminal to ask in: nothing was written. Use --yes to skip the question.');
    expect([ended.stdout, ended.code, cli.writes()]).toEqual(['', 1, 4]);
  });

  it.each([
    { claim: 'after a yes', words: '', answer: { answer: true } },
    { claim: 'with --yes', words: ' --yes', answer: {} },
  ])('undo restores every connection exactly, $claim', async ({ words, answer }) => {
    const { cli, run, before } = await openRepaired();
    const ended = await cli.run(`undo --run ${run}${words}`, answer);
    expect(ended.code).toBe(0);
    expect(cli.stored()).toEqual(before);
    expect(linesOf(ended).slice(0, 4)).toEqual(
      Array.from({ length: 4 }, () => expect.stringMatching(/^con_\w+ {2}restored and verified; held from now on$/)),
    );
    expect(linesOf(ended).slice(4, 6).join(' ')).toMatch(
      /^Restored 4 of 4 connections\. The next run with this history reports this undo \([\w-]+\)\.$/,
    );
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('an undo is shown by explain afterwards', async () => {
    const { cli, run, before } = await openRepaired();
    await cli.run(`undo --run ${run} --yes`);
    const changed = [...cli.stored().keys()].find(
      (key) => Object(before.get(key)?.options).set_user_root_attributes === 'on_first_login',
    );
    const told = await cli.run(`explain --connection ${changed}`);
    expect(told.stdout).toContain('Outcome of a run: held.');
  });

  it('undo removes the key if it was absent before', async () => {
    const cli = await openCommandLine();
    const before = cli.stored();
    const policy = path.join(makeFolder(), 'policy.json');
    writeFileSync(policy, JSON.stringify({ default: { expect: 'on_first_login' } }));
    const caps = '--max-changes 100 --max-percent 100';
    await cli.run(`${REMEDIATE} ${caps} --policy ${policy}`);
    expect(cli.writes()).toBe(16);
    const [record = ''] = recordsIn(path.join(homeOf(cli), 'runs'));
    const ended = await cli.run(`undo --run ${record.replace('.json', '')} --yes --policy ${policy}`);
    expect(ended.stderr).toContain('on_first_login -> (not set)');
    const sent = cli.sandbox.requests.filter(({ method }) => method === 'PATCH').slice(16);
    expect(sent).toHaveLength(16);
    for (const { path: place, body } of sent) {
      const { options = {} } = Object(before.get(place.replace(/^.*\//, '')));
      const isThere = 'set_user_root_attributes' in Object(JSON.parse(body)).options;
      expect([place, isThere]).toEqual([place, 'set_user_root_attributes' in Object(options)]);
    }
    expect(ended.code).toBe(0);
    expect(cli.stored()).toEqual(before);
  });

  it('undo does not write connections that were changed or deleted since, reports them and exits 2', async () => {
    const { cli, run } = await openRepaired();
    const ids = JSON.parse(readFileSync(path.join(homeOf(cli), 'runs', `${run}.json`), 'utf8')).report.findings.map(
      ({ connection: { id } }: { connection: { id: string } }) => id,
    );
    const [moved, again, gone] = ids;
    edit(cli, moved, 'never_on_login');
    edit(cli, again, 'on_first_login');
    cli.sandbox.tenant.remove(gone);
    const ended = await cli.run(`undo --run ${run} --yes`);
    expect(cli.stored().get(moved)?.options).toMatchObject({ set_user_root_attributes: 'never_on_login' });
    expect(cli.stored().get(again)?.options).toMatchObject({ set_user_root_attributes: 'on_first_login' });
    const said = ended.stdout.replaceAll(/\n +/g, ' ');
    expect(said).toContain(
      `${moved}  not changed: the value is no longer the one that the run wrote; held from now on`,
    );
    expect(said).toContain(`${again}  already as it was before; held from now on`);
    expect(said).toContain(`${gone}  the connection was deleted`);
    expect(said).toContain('Restored 3 of 4 connections.');
    expect(cli.writes()).toBe(5);
    expect(ended.code).toBe(2);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('an undo that the tenant refuses reports each connection, writes nothing and exits 2', async () => {
    const { cli, run } = await openRepaired();
    cli.sandbox.faults.add({ name: 'status', status: 403 }, { method: 'PATCH', times: Number.POSITIVE_INFINITY });
    const after = cli.stored();
    const ended = await cli.run(`undo --run ${run} --yes`);
    expect(ended.stdout.match(/^con_\w+ {2}not restored: /gm)).toHaveLength(4);
    expect(cli.stored()).toEqual(after);
    expect(ended.code).toBe(2);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('undo restores never_on_login only with --allow-never-on-login, after a warning', async () => {
    const [connection] = generate(1, { driftPercent: 100 });
    if (connection === undefined) throw new Error('no connection');
    const never = { ...connection, options: { ...connection.options, set_user_root_attributes: 'never_on_login' } };
    const cli = await openCommandLine({
      sandbox: { seed: [never] },
      environment: { caps: { maxChanges: 10, maxPercent: 100 } },
    });
    const before = cli.stored();
    expect((await cli.run(REMEDIATE)).code).toBe(0);
    const [record = ''] = recordsIn(path.join(homeOf(cli), 'runs'));
    const line = `undo --run ${record.replace('.json', '')} --yes`;
    const refused = await cli.run(line);
    expect(refused.stderr.replaceAll('\n  ', ' ')).toMatch(
      /the undo would restore never_on_login for 1 connection, which stops the creation of users at login: con_\w+ \([\s\S]*--allow-never-on-login/,
    );
    expect([refused.code, cli.writes()]).toEqual([2, 1]);
    const allowed = await cli.run(`${line} --allow-never-on-login`);
    expect(allowed.stderr).toContain('WARNING: never_on_login stops the creation of users at login.');
    expect([allowed.code, cli.stored()]).toEqual([0, before]);
    expect(widest(allowed)).toBeLessThanOrEqual(80);
  });

  it('the run after an undo reports who undid which run, and why', async () => {
    const { cli, run } = await openRepaired();
    await cli.run(`undo --run ${run} --yes --reason broken`);
    const change = { kind: 'undo', by: 'ann on laptop', of: run, reason: 'broken' };
    expect(readHistory(cli, 'state.json')).toMatchObject({
      controls: { set_user_root_attributes: { changes: [{ runId: run }, change] } },
    });
    expect((await cli.run('')).stdout.replaceAll(/\s+/g, ' ')).toContain('broken');
  });

  it('an undo of a run that has the lease waits until the run has stopped writing', async () => {
    const { cli, run, before } = await openRepaired();
    const lease = path.join(homeOf(cli), 'lease.json');
    writeFileSync(lease, JSON.stringify({ owner: run, until: Date.now() + 60_000 }));
    const ended = await cli.run(`undo --run ${run} --yes`);
    expect(ended.stderr.replaceAll('\n', ' ')).toContain(`Run ${run} might still be writing. It was asked to stop.`);
    expect([ended.code, cli.stored()]).toEqual([0, before]);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });

  it('undo does not wait for another run that has the lease: it names the lease and exits 2', async () => {
    const { cli, run } = await openRepaired();
    const lease = path.join(homeOf(cli), 'lease.json');
    writeFileSync(lease, JSON.stringify({ owner: 'another', until: Date.now() + 60_000 }));
    const ended = await cli.run(`undo --run ${run} --yes`);
    expect(ended.stderr.replaceAll('\n  ', ' ')).toMatch(
      /run another has the lease until \S+ \(in 1 minute\); nothing was written/,
    );
    expect([ended.code, cli.writes()]).toEqual([2, 4]);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });
});

describe('a hold', () => {
  it('a hold prevents a repair by later runs until it is released', async () => {
    const { cli, run, before } = await openRepaired();
    await cli.run(`undo --run ${run} --yes`);
    const held = await cli.run(`${REMEDIATE} --format json`);
    expect(JSON.parse(held.stdout)).toMatchObject({ outcomes: { held: 4, remediated: 0 } });
    expect(cli.stored()).toEqual(before);
    expect(held.code).toBe(1);

    const [id = ''] = Object.keys(cli.settings());
    const released = await cli.run(`undo --release ${id}`);
    expect([released.stdout, released.code]).toEqual([`${id} is no longer held; runs can repair it again.\n`, 0]);
    const next = await cli.run(`${REMEDIATE} --format json`);
    expect(JSON.parse(next.stdout)).toMatchObject({ outcomes: { held: 3, remediated: 1 } });
  });

  it('all holds of a run are released by the run id', async () => {
    const { cli, run } = await openRepaired();
    await cli.run(`undo --run ${run} --yes`);
    const released = await cli.run(`undo --release ${run}`);
    expect([released.stdout, released.code]).toEqual([
      '4 connections are no longer held; runs can repair them again.\n',
      0,
    ]);
    const next = await cli.run(`${REMEDIATE} --format json`);
    expect(JSON.parse(next.stdout)).toMatchObject({ outcomes: { held: 0, remediated: 4 } });
  });

  it('an unknown hold cannot be released, and the existing holds are listed', async () => {
    const { cli, run } = await openRepaired();
    await cli.run(`undo --run ${run} --yes`);
    const ended = await cli.run('undo --release con_\u001b[31mred');
    expect(ended.stderr.replaceAll('\n  ', ' ')).toContain("'con_\\u001B[31mred' is not held; held connections: con_");
    for (const id of Object.keys(cli.settings())) expect(ended.stderr).toContain(id);
    expect(ended.code).toBe(2);
    expect(widest(ended)).toBeLessThanOrEqual(80);
  });
});

describe('a run', () => {
  it.each(['2026-01-05T04-30-00Z-00000001', '..', '../state', '../../secret', 'constructor', 'a\u001b[31m'])(
    'an undo of the unknown run %j names it and sends no request to the tenant',
    async (run) => {
      const cli = await openCommandLine();
      const ended = await cli.run(`undo --run ${run} --yes`);
      expect(ended.stderr).toContain("--run: no run '");
      expect(ended.stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect([ended.code, cli.sandbox.requests]).toEqual([2, []]);
      expect(widest(ended)).toBeLessThanOrEqual(80);
    },
  );

  it('a run id that is misspelled or cut is suggested in full', async () => {
    const { cli, run } = await openRepaired();
    for (const typed of [run.slice(0, -1), run.slice(0, 17), run.toLowerCase()]) {
      const { stderr, code } = await cli.run(`undo --run ${typed} --yes`);
      expect(stderr.replaceAll('\n  ', ' ')).toContain(`in this history; did you mean ${run}?`);
      expect(code).toBe(2);
    }
  });

  it('a run of another tenant is refused, even if its record is in the history', async () => {
    const { cli, run } = await openRepaired();
    const other = await openCommandLine();
    const elsewhere = await other.run(
      `undo --run ${run} --yes --history ${path.join(cli.folder, 'auth0-connection-auditor')}`,
    );
    expect(elsewhere.stderr).toContain('--run: no run');

    const folder = makeFolder();
    const runs = path.join(homeOf(other, folder), 'runs');
    mkdirSync(runs, { recursive: true });
    writeFileSync(path.join(runs, `${run}.json`), readFileSync(path.join(homeOf(cli), 'runs', `${run}.json`)));
    const planted = await other.run(`undo --run ${run} --yes --history ${folder}`);
    expect(planted.stderr.replaceAll(/\n {2}/g, ' ')).toContain('is not a record of that run on this tenant');
    expect([planted.code, other.sandbox.requests]).toEqual([2, []]);
  });

  it('a run that wrote nothing has nothing to undo', async () => {
    const cli = await openCommandLine();
    await cli.run('');
    const [record = ''] = recordsIn(path.join(homeOf(cli), 'runs'));
    const ended = await cli.run(`undo --run ${record.replace('.json', '')}`, { answer: true });
    expect([ended.stdout, ended.asked, ended.code]).toEqual([
      'That run changed nothing, so there is nothing to undo.\n',
      [],
      0,
    ]);
  });

  it('a run that was interrupted while it wrote is undone from its plan', async () => {
    const cli = await openCommandLine();
    const before = cli.stored();
    let planned = '';
    let run = '';
    const runs = path.join(homeOf(cli), 'runs');
    cli.sandbox.faults.add(
      {
        name: 'after_apply',
        run: () => {
          [run = ''] = recordsIn(runs);
          planned = readFileSync(path.join(runs, run), 'utf8');
        },
      },
      { method: 'PATCH', nth: 3 },
    );
    await cli.run(REMEDIATE);
    writeFileSync(path.join(runs, run), planned);
    expect(JSON.parse(planned)).toMatchObject({ phase: 'planned' });
    const [never = ''] = [...before.keys()].filter(
      (id) => cli.stored().get(id)?.options !== undefined && planned.includes(id),
    );
    edit(cli, never, 'on_first_login');

    const ended = await cli.run(`undo --run ${run.replace('.json', '')} --yes`);
    expect(linesOf(ended).filter((line) => line.includes('restored and verified'))).toHaveLength(3);
    expect(ended.stdout).toContain(`${never}  already as it was before; held from now on`);
    expect(ended.code).toBe(0);
    expect(cli.settings()).toEqual(
      Object.fromEntries(
        [...before].flatMap(([id, { options }]) => {
          const value = Object(options).set_user_root_attributes;
          return value === undefined ? [] : [[id, value]];
        }),
      ),
    );
  });
});

it.each([
  { claim: 'a newer version', text: '{"version":3}', says: 'has version 3, but this auditor reads versions up to 2.' },
  { claim: 'invalid JSON', text: 'no state', says: 'is not a state file of this auditor: text (invalid_type).' },
])('undo with a state of $claim asks no question, writes nothing and exits 2', async ({ text, says }) => {
  const { cli, run } = await openRepaired();
  const state = path.join(homeOf(cli), 'state.json');
  writeFileSync(state, text);
  for (const words of [`--run ${run} --yes`, '--release con_1']) {
    const ended = await cli.run(`undo ${words}`);
    expect(ended.stderr.replaceAll(/\n {2}/g, ' ')).toContain(says);
    expect([ended.code, ended.asked, cli.writes()]).toEqual([2, [], 4]);
  }
  expect(readFileSync(state, 'utf8')).toBe(text);
});

it('a record of a newer version is not undone and is reported as newer, exit code 2', async () => {
  const { cli, run } = await openRepaired();
  const record = path.join(homeOf(cli), 'runs', `${run}.json`);
  writeFileSync(record, JSON.stringify({ ...JSON.parse(readFileSync(record, 'utf8')), version: 3 }));
  const ended = await cli.run(`undo --run ${run} --yes`);
  expect(ended.stderr.replaceAll(/\n {2}/g, ' ')).toContain('has version 3, but this auditor reads versions up to 2.');
  expect([ended.code, cli.writes()]).toEqual([2, 4]);
});

it('holds that could not be recorded are reported, exit code 2', async () => {
  const { cli, run } = await openRepaired();
  cli.sandbox.faults.add(
    { name: 'after_apply', run: () => writeFileSync(path.join(homeOf(cli), 'state.json'), 'no state') },
    { method: 'PATCH', nth: 4 },
  );
  const ended = await cli.run(`undo --run ${run} --yes`);
  expect(ended.stdout).toContain('Restored 4 of 4 connections.');
  expect(ended.stderr.replaceAll(/\n {2}/g, ' ')).toContain(
    'not all of this undo could be recorded, so the next run might repair these connections again',
  );
  expect(ended.code).toBe(2);
});
