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

/** Each command of the auditor in the workflows, with the variables of the job in place. */
const COMMANDS = [...readWorkflows()].flatMap(([file, each]) =>
  commandsOf(each, 'npm run audit -- ').map((command) => ({ file, command: command.replaceAll('"$NAME"', 'prod') })),
);

describe('the workflows of docs/ci.md', () => {
  test('are two, which begin at a pull request and at a push to main', () => {
    expect([...readWorkflows()].map(([file, { on }]) => [file, on])).toEqual([
      ['.github/workflows/plan.yml', 'pull_request'],
      ['.github/workflows/deploy.yml', { push: { branches: ['main'] } }],
    ]);
  });

  test('read the repository and may ask for a token of OpenID Connect, where a role is taken, and nothing else', () => {
    for (const [, { permissions, jobs }] of readWorkflows()) {
      expect(permissions).toEqual({ contents: 'read' });
      for (const job of Object.values(jobs)) {
        const takesRole = job.steps.some(({ uses = '' }) => uses.startsWith('aws-actions/'));
        expect(job.permissions ?? permissions).toEqual({ contents: 'read', ...(takesRole && { 'id-token': 'write' }) });
      }
    }
  });

  test('give secrets to no job without a GitHub environment, and to one step alone', () => {
    const steps = [...readWorkflows().values()].flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ environment, steps: all }) => all.map((step) => ({ environment, step }))),
    );
    const withSecrets = steps.filter(({ step }) => JSON.stringify(step).includes('secrets.'));
    expect(withSecrets.map(({ environment, step }) => [environment, step.name])).toEqual([
      [`\${{ matrix.environment }}-plan`, 'Audit the tenant'],
    ]);
    expect(plan.jobs.plan?.if).toContain('head.repo.full_name == github.repository');
  });

  test('put no expression of GitHub into a script, where its value would be code', () => {
    for (const each of readWorkflows().values()) expect(scriptsOf(each).join('\n')).not.toContain('${{');
  });

  test('use actions of a major version, those of this repository in the same one', () => {
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

  test('a deploy is not cut by the next one, and asks nothing', () => {
    expect(deploy.concurrency['cancel-in-progress']).toBe(false);
    const [command, ...others] = commandsOf(deploy, 'npx cdk ');
    expect([command, others]).toEqual([`npx cdk deploy ${stackNameOf('prod')} --require-approval never`, []]);
    expect(deploy.jobs.prod?.environment).toBe('prod');
  });

  test('plan the shipped environments', () => {
    expect(plan.jobs.plan?.strategy?.matrix.environment).toEqual(names);
    expect(plan.jobs.plan?.environment).toBe(`\${{ matrix.environment }}-plan`);
    expect(commandsOf(plan, 'npx cdk ')).toEqual([`npx cdk diff "${stackNameOf('$NAME')}" --method=template`]);
  });
});

describe('the command line takes', () => {
  const parse = (command: string) => () => parseArguments(command.split(' ').slice(4));
  test.each(COMMANDS)('$command of $file', ({ command }) => {
    expect(parse(command)).not.toThrow();
  });

  test('more than nothing of each workflow', () => {
    expect(COMMANDS.map(({ file }) => path.basename(file, '.yml'))).toEqual(['plan', 'plan', 'deploy', 'deploy']);
  });
});

describe('the JSON of docs/ci.md', () => {
  const [trust, permissions] = [...TEXT.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));

  test('trusts one repository and the GitHub environment of the deploy, compared whole', () => {
    const [{ Action, Condition }] = trust.Statement;
    expect(Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(Condition).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': `repo:acme/connection-auditor:environment:${deploy.jobs.prod?.environment}`,
      },
    });
  });

  test('names no resource with a wildcard alone', () => {
    const resources = permissions.Statement.flatMap(({ Resource }: { Resource: string | string[] }) =>
      [Resource].flat(),
    );
    expect(resources.length).toBe(5);
    for (const resource of resources) expect(resource).toMatch(/^arn:aws:[a-z]+:[a-z0-9-]*:111122223333:\S+[A-Za-z]/);
  });
});
