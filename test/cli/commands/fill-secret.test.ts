import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeKey } from '../../auth0/made-up-key';
import { SECRET_ARN } from '../../aws/aws-clients';
import { withoutAws } from '../../aws/without-aws';
import { closeStores, makeFolder } from '../../history/stores';
import { openDeployed } from '../deployed/open-deployed';
import { widest } from '../open-command-line';

const { set } = withoutAws();
afterEach(closeStores);

const KEY = makeKey();
const ID = 'Planted-id';
const SECRET = 'Planted-secret';
const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const writes = ({ calls }: { readonly calls: readonly { readonly operation: string }[] }) =>
  calls.filter(({ operation }) => operation === 'PutSecretValue').length;

describe('a secret with the placeholder', () => {
  it('a secret is filled with typed credentials, the client secret hidden, and a run then works', async () => {
    const { run, aws, cli } = await openDeployed(set, { isUnfilled: true });
    const { client_id, client_secret } = cli.sandbox.credentials;
    const ended = await run('fill-secret', { typed: [` ${client_id}`, `${client_secret} `] });
    expect(ended.asked).toEqual(['Client ID: ', 'Client secret (not shown): *']);
    expect(JSON.parse(aws.secret(SECRET_ARN) ?? '')).toEqual({ client_id, client_secret });
    expect([ended.code, ended.stdout.includes(client_secret)]).toEqual([0, false]);
    expect(ended.stdout).toContain(`Written:\n  ${SECRET_ARN}\n`);
    expect(ended.stdout).toContain('npm run audit -- check --environment sample');
    expect(flat(ended.stdout).replaceAll(' \\ ', ' ')).toContain(
      'aws lambda invoke --region eu-central-1 --function-name sample-function --invocation-type Event /dev/null',
    );
    expect(widest(ended)).toBeLessThanOrEqual(110);
    expect(JSON.parse((await run('--format json')).stdout).complete).toBe(true);
  });

  it('a secret is filled with a key from a file', async () => {
    const { run, aws } = await openDeployed(set, { isUnfilled: true });
    const file = path.join(makeFolder(), 'key.pem');
    writeFileSync(file, KEY.pkcs8);
    const ended = await run(`fill-secret --private-key ${file} --key-id kid-1`, { typed: [ID] });
    expect(JSON.parse(aws.secret(SECRET_ARN) ?? '')).toEqual({ client_id: ID, private_key: KEY.pkcs8, kid: 'kid-1' });
    expect([ended.code, ended.asked]).toEqual([0, ['Client ID: ']]);
  });

  it.each(['', '\uFEFF'])('a secret is filled with the JSON on stdin, after %j', async (before) => {
    const { run, aws } = await openDeployed(set, { isUnfilled: true });
    const input = `${before}${JSON.stringify({ client_id: ID, client_secret: SECRET }, null, 2)}\n`;
    expect((await run('fill-secret', { input })).code).toBe(0);
    expect(aws.secret(SECRET_ARN)).toBe(JSON.stringify({ client_id: ID, client_secret: SECRET }));
  });

  const json = (value: unknown) => ({ input: JSON.stringify(value) });
  it.each([
    { claim: 'empty input', options: {}, says: 'not a JSON object' },
    {
      claim: 'keys in camel case',
      options: json({ clientId: ID, client_secret: SECRET }),
      says: 'clientId is not recognized, use',
    },
    {
      claim: 'the placeholder',
      options: json({ client_id: 'REPLACE_ME', client_secret: SECRET }),
      says: 'placeholder',
    },
    { claim: 'an empty client secret', options: { typed: [ID, ' '] }, says: 'client_secret is empty or not a string' },
    { claim: 'an interrupted question', options: { typed: [] }, says: 'interrupted; nothing was written' },
    {
      claim: 'the domain of another tenant',
      options: json({ client_id: ID, client_secret: SECRET, domain: 'other.auth0.com' }),
      says: 'domain: expected the domain of the environment (127.0.0.1:',
    },
  ])('a secret is not changed by $claim', async ({ options, says }) => {
    const { run, aws } = await openDeployed(set, { isUnfilled: true });
    const ended = await run('fill-secret', options);
    expect([ended.code, writes(aws)]).toEqual([2, 0]);
    expect(flat(ended.stderr)).toContain(says);
    expect(ended.stdout + ended.stderr).not.toContain('Planted');
  });

  it.each(['--key-id k', '--private-key /nowhere.pem'])('a secret is not changed by only %s', async (line) => {
    const { run, aws } = await openDeployed(set, { isUnfilled: true });
    const ended = await run(`fill-secret ${line}`, { typed: [ID, SECRET] });
    expect([ended.code, ended.asked, writes(aws)]).toEqual([2, [], 0]);
  });
});

describe('a secret that is filled', () => {
  it.each([
    { claim: 'replaced after a yes', options: { answer: true }, line: '', code: 0, written: 1 },
    { claim: 'not replaced after a no', options: { answer: false }, line: '', code: 1, written: 0 },
    { claim: 'not replaced without a terminal to ask in', options: {}, line: '', code: 2, written: 0 },
    { claim: 'replaced with --yes', options: {}, line: '--yes', code: 0, written: 1 },
  ])('a filled secret is $claim', async ({ options, line, code, written }) => {
    const { run, aws } = await openDeployed(set);
    const input = JSON.stringify({ client_id: ID, client_secret: SECRET });
    const ended = await run(`fill-secret ${line}`, { ...options, input });
    expect([ended.code, writes(aws)]).toEqual([code, written]);
  });
});

it('an environment that is not deployed has no secret to fill', async () => {
  const { run, cli } = await openDeployed(set, { aws: { stacks: {} } });
  const ended = await run('fill-secret', { typed: [ID, SECRET] });
  expect([ended.code, ended.asked, cli.sandbox.requests]).toEqual([2, [], []]);
  expect(flat(ended.stderr)).toContain('there is no stack ConnectionAuditor-sample; deploy the environment first');
});

it('an error of AWS is named without the credentials', async () => {
  const { run, aws } = await openDeployed(set, { isUnfilled: true });
  aws.failNext('PutSecretValue', { status: 400, code: 'AccessDeniedException', message: 'no', times: 9 });
  const ended = await run('fill-secret', { typed: [ID, SECRET] });
  expect(ended.code).toBe(2);
  expect(flat(ended.stderr)).toContain('AccessDeniedException. Check that the AWS credentials are allowed to write it');
  expect(ended.stderr).not.toContain('Planted');
});
