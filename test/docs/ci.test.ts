import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArguments } from '../../cli/arguments';
import { stackNameOf } from '../../lambda/report/commands/place';
import { shipped } from '../lib/environment/shipped-environments';
import { commandsOf, readWorkflows, scriptsOf, workflow } from './workflows';

const ROOT = path.join(__dirname, '../..');
const TEXT = readFileSync(path.join(ROOT, 'docs/ci.md'), 'utf8');
const [plan, deploy] = [workflow('plan'), workflow('deploy')];
const names = shipped.map(({ name }) => name);

/** Each command of the auditor in the workflows, with the values of the job filled in. */
const COMMANDS = [...readWorkflows()].flatMap(([file, each]) =>
  commandsOf(each, 'npm run audit -- ').map((command) => ({ file, command: command.replaceAll('"$NAME"', 'prod') })),
);

describe('the workflows of docs/ci.md', () => {
  test('docs/ci.md has two workflows, which start at a pull request and at a push to main', () => {
    expect([...readWorkflows()].map(([file, { on }]) => [file, on])).toEqual([
      ['.github/workflows/plan.yml', 'pull_request'],
      ['.github/workflows/deploy.yml', { push: { branches: ['main'] } }],
    ]);
  });

  test('workflows have read access, and an OpenID Connect token only in jobs that assume a role', () => {
    for (const [, { permissions, jobs }] of readWorkflows()) {
      expect(permissions).toEqual({ contents: 'read' });
      for (const job of Object.values(jobs)) {
        const takesRole = job.steps.some(({ uses = '' }) => uses.startsWith('aws-actions/'));
        expect(job.permissions ?? permissions).toEqual({ contents: 'read', ...(takesRole && { 'id-token': 'write' }) });
      }
    }
  });

  test('workflows give secrets only to jobs with a GitHub environment, and to one step only', () => {
    const steps = [...readWorkflows().values()].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ environment, steps: all }) => all.map((step) => ({ environment, step }))),
    );
    const withSecrets = steps.filter(({ step }) => JSON.stringify(step).includes('secrets.'));
    expect(withSecrets.map(({ environment, step }) => [environment, step.name])).toEqual([
      [`\${{ matrix.environment }}-plan`, 'Audit the tenant'],
    ]);
    expect(plan.jobs.plan?.if).toContain('head.repo.full_name == github.repository');
  });

  test('workflows put no GitHub expression into a script, where its value would be code', () => {
    for (const each of readWorkflows().values()) expect(scriptsOf(each).join('\n')).not.toContain('${{');
  });

  test('workflows use actions by major version, in the same versions as this repository', () => {
    const own = readdirSync(path.join(ROOT, '.github/workflows'))
      .map((name) => readFileSync(path.join(ROOT, '.github/workflows', name), 'utf8'))
      .flatMap((text) => [...text.matchAll(/uses: (\S+)@(\S+)/g)])
      .map(([, action = '', version = '']): [string, string] => [action, version]);
    const used = [...TEXT.matchAll(/^ +- uses: (\S+)@(\S+)$/gm)];
    expect(used.length).toBeGreaterThan(5);
    for (const [, action = '', version] of used) {
      expect(version).toMatch(/^v\d+$/);
      expect([action, version]).toEqual([action, new Map(own).get(action) ?? version]);
    }
  });

  test('a deploy is not cancelled by the next one, and does not ask for approval', () => {
    expect(deploy.concurrency['cancel-in-progress']).toBe(false);
    const [command, ...others] = commandsOf(deploy, 'npx cdk ');
    expect([command, others]).toEqual([`npx cdk deploy ${stackNameOf('prod')} --require-approval never`, []]);
    expect(deploy.jobs.prod?.environment).toBe('prod');
  });

  test('the plan workflow plans the shipped environments', () => {
    expect(plan.jobs.plan?.strategy?.matrix.environment).toEqual(names);
    expect(plan.jobs.plan?.environment).toBe(`\${{ matrix.environment }}-plan`);
    expect(commandsOf(plan, 'npx cdk ')).toEqual([`npx cdk diff "${stackNameOf('$NAME')}" --method=template`]);
  });
});

describe('the commands of docs/ci.md', () => {
  const parse = (command: string) => () => parseArguments(command.split(' ').slice(4));
  test.each(COMMANDS)('the command line accepts $command of $file', ({ command }) => {
    expect(parse(command)).not.toThrow();
  });

  test('each workflow contains commands of the auditor', () => {
    expect(COMMANDS.map(({ file }) => path.basename(file, '.yml'))).toEqual(['plan', 'plan', 'deploy', 'deploy']);
  });
});

describe('the JSON of docs/ci.md', () => {
  const [trust, permissions] = [...TEXT.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));

  test('the trust policy allows exactly one repository and the GitHub environment of the deploy', () => {
    const [{ Action, Condition }] = trust.Statement;
    expect(Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(Condition).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': `repo:acme/connection-auditor:environment:${deploy.jobs.prod?.environment}`,
      },
    });
  });

  test('the permissions policy names no resource with only a wildcard', () => {
    const resources = permissions.Statement.flatMap(({ Resource }: { Resource: string | string[] }) =>
      [Resource].flat(),
    );
    expect(resources.length).toBe(5);
    for (const resource of resources) expect(resource).toMatch(/^arn:aws:[a-z]+:[a-z0-9-]*:111122223333:\S+[A-Za-z]/);
  });
});
