import { POLICY_FILE, RESOURCE_VARIABLES, SETTINGS_FILE, VARIABLES, VISIBLE_VARIABLES } from '../lambda/contract';
import { filesOf, readDeployment, variablesFor } from '../lambda/deployment';
import type { Policy } from '../lambda/policy/policy';
import { type Settings, SettingsError, settingsSchema } from '../lambda/settings';
import { ALERTS_ARN, FINDINGS_ARN, SECRET_ARN } from './aws/aws-clients';

const SETTINGS: Settings = settingsSchema.parse({
  name: 'prod',
  domain: 'login.example.com',
  canonicalDomain: 'example.eu.auth0.com',
  timeZone: 'Europe/Berlin',
  mode: 'remediate',
  caps: { maxChanges: 20, maxPercent: 5 },
});
const POLICY: Policy = { default: { expect: 'on_each_login' }, rules: [] };
const RESOURCES = {
  SECRET_ARN,
  ALERTS_TOPIC_ARN: ALERTS_ARN,
  ALARMS_TOPIC_ARN: ALERTS_ARN,
  FINDINGS_TOPIC_ARN: FINDINGS_ARN,
  HISTORY_BUCKET: 'auditor-history',
  KILL_SWITCH_PARAMETER: '/auth0-connection-auditor/prod/writes',
  STACK_NAME: 'ConnectionAuditor-prod',
};
const FILES = filesOf(SETTINGS, POLICY);
const VARIABLES_SET: Readonly<Record<string, string>> = variablesFor(SETTINGS, POLICY, RESOURCES);

interface Change {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly files?: Readonly<Record<string, string>>;
}

function read({ variables, files }: Change = {}) {
  return readDeployment({ ...VARIABLES_SET, ...variables }, (name) => ({ ...FILES, ...files })[name] ?? '');
}

/** The lines of the error after the first line, which states what to do. */
function problemsOf(change: Change): readonly string[] {
  try {
    read(change);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    expect(error.message.split('\n')[0]).toContain('Undo the change that was made outside a deploy');
    return error.problems;
  }
  return [];
}

describe('a deployment', () => {
  it('a deployment is read as it was created', () => {
    expect(read()).toEqual({
      settings: SETTINGS,
      policy: POLICY,
      policyFingerprint: VARIABLES_SET.POLICY_FINGERPRINT,
      resources: RESOURCES,
      launcher: 'repository',
    });
  });

  it.each([
    ['repository', 'repository'],
    ['package', 'package'],
    [undefined, 'repository'],
  ])('a deployment whose LAUNCHER is %s prints the commands of the %s', (LAUNCHER, launcher) => {
    expect(read({ variables: { LAUNCHER } }).launcher).toBe(launcher);
  });

  it.each([
    ['repository', '(docs/runbook.md#undo-a-change-that-was-made-outside-a-deploy)'],
    ['package', '(node_modules/auth0-connection-auditor/docs/runbook.md#undo-a-change-that-was-made-outside-a-deploy)'],
    ['npx', '(docs/runbook.md#undo-a-change-that-was-made-outside-a-deploy)'],
  ])('the error of a wrong deployment with LAUNCHER %s names the path of the runbook', (LAUNCHER, place) => {
    expect(() => read({ variables: { LAUNCHER, AUDIT_MODE: 'x' } })).toThrow(place);
  });

  it('a deployment is valid if its policy has a key that a parser drops', () => {
    const policy: Policy = JSON.parse(
      '{"rules":[{"id":"r","match":{"metadata":{"tier":"gold","__proto__":"x"}},"expect":"on_first_login"}],"default":{"expect":"on_each_login"}}',
    );
    const [variables, files] = [variablesFor(SETTINGS, policy, RESOURCES), filesOf(SETTINGS, policy)];
    expect(problemsOf({ variables, files })).toEqual([]);
  });

  it('a deployment sets every variable of the contract and no other variable', () => {
    expect(Object.keys(VARIABLES_SET).sort()).toEqual([...VARIABLES].sort());
  });

  it('the variables of a deployment show the settings that decide on writing', () => {
    expect(VARIABLES_SET).toMatchObject({
      AUDIT_MODE: 'remediate',
      AUTH0_DOMAIN: 'login.example.com',
      AUTH0_CANONICAL_DOMAIN: 'example.eu.auth0.com',
      MAX_CHANGES: '20',
      MAX_PERCENT: '5',
      QUARANTINE_REPAIRS: '3',
      QUARANTINE_DAYS: '7',
    });
  });

  it('a deployment shows unset caps as empty variables, and caps of 0 as 0', () => {
    const variablesOf = (caps: Settings['caps']) => variablesFor({ ...SETTINGS, caps }, POLICY, RESOURCES);
    expect(variablesOf(undefined)).toMatchObject({ MAX_CHANGES: '', MAX_PERCENT: '' });
    expect(variablesOf({ maxChanges: 0, maxPercent: 0 })).toMatchObject({ MAX_CHANGES: '0', MAX_PERCENT: '0' });
  });

  it('a deployment does not depend on the order of keys in its files', () => {
    const reversed = Object.fromEntries(Object.entries(SETTINGS).reverse());
    expect(problemsOf({ files: { [SETTINGS_FILE]: JSON.stringify(reversed) } })).toEqual([]);
  });

  it('a deployment ignores other variables', () => {
    expect(problemsOf({ variables: { PATH: '/bin', MODE: 'remediate' } })).toEqual([]);
  });

  it('a deployment is allowed to be in another partition', () => {
    const ALERTS_TOPIC_ARN = 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:Alerts';
    expect(read({ variables: { ALERTS_TOPIC_ARN } }).resources.ALERTS_TOPIC_ARN).toBe(ALERTS_TOPIC_ARN);
  });
});

describe('a function refuses to run', () => {
  it.each(
    VISIBLE_VARIABLES.flatMap((name) =>
      ['other', '', undefined]
        .filter((value) => (value ?? '') !== VARIABLES_SET[name])
        .map((value) => [name, value] as const),
    ),
  )('a function refuses to run if %s is %j', (name, value) => {
    expect(problemsOf({ variables: { [name]: value } })).toEqual([
      `${name}: the variable is ${JSON.stringify(value ?? '')}, the files contain ${JSON.stringify(VARIABLES_SET[name])}`,
    ]);
  });

  it('a function refuses to run if AUDIT_MODE is remediate and the mode in its file is not', () => {
    const files = filesOf({ ...SETTINGS, mode: 'report' }, POLICY);
    expect(problemsOf({ files })).toEqual([
      'AUDIT_MODE: the variable is "remediate", the files contain "report"',
      expect.stringMatching(/^SETTINGS_FINGERPRINT: /),
    ]);
  });

  it.each([
    ['a setting', filesOf({ ...SETTINGS, namePeople: false }, POLICY), 'SETTINGS_FINGERPRINT'],
    ['the policy', filesOf(SETTINGS, { default: { expect: 'on_first_login' } }), 'POLICY_FINGERPRINT'],
  ])('a function refuses to run if %s differs from the deployed one', (_what, files, name) => {
    expect(problemsOf({ files })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it.each(RESOURCE_VARIABLES.flatMap((name) => [undefined, ''].map((value) => [name, value] as const)))(
    'a function refuses to run if the resource variable %s is %j',
    (name, value) => {
      expect(problemsOf({ variables: { [name]: value } })).toEqual([`${name}: missing`]);
    },
  );

  it.each([
    ['SECRET_ARN', ALERTS_ARN, 'the ARN of secretsmanager'],
    ['ALERTS_TOPIC_ARN', SECRET_ARN, 'the ARN of sns'],
    ['FINDINGS_TOPIC_ARN', 'Findings', 'the ARN of sns'],
    ['HISTORY_BUCKET', 's3://bucket', 'the name of an S3 bucket'],
    ['LAUNCHER', 'npx', 'repository or package'],
    ['KILL_SWITCH_PARAMETER', 'writes', 'the name of an SSM parameter'],
  ])('a function refuses to run if %s is %s', (name, value, expected) => {
    expect(problemsOf({ variables: { [name]: value } })).toEqual([`${name}: expected ${expected}`]);
  });

  it.each(['', '{"name":', 'null'])('a function refuses to run if a file contains %j', (text) => {
    expect(problemsOf({ files: { [SETTINGS_FILE]: text } })).toEqual([
      expect.stringMatching(/^settings\.json: settings: /),
    ]);
    expect(problemsOf({ files: { [POLICY_FILE]: text } })).toContainEqual(
      expect.stringMatching(/^policy\.json: policy: /),
    );
  });

  it('a function that refuses to run names every problem in one error', () => {
    const files = { [POLICY_FILE]: '{"default":{"expect":"always"}}', [SETTINGS_FILE]: '{}' };
    const problems = problemsOf({ variables: { SECRET_ARN: '', HISTORY_BUCKET: '/' }, files });
    expect(problems.map((problem) => problem.split(': ').slice(0, 2).join(' '))).toEqual([
      'settings.json name',
      'settings.json domain',
      'settings.json timeZone',
      'settings.json mode',
      'policy.json default.expect',
      'SECRET_ARN missing',
      'HISTORY_BUCKET expected the name of an S3 bucket',
    ]);
    expect(problemsOf({ variables: { AUDIT_MODE: 'report', MAX_CHANGES: '500', MAX_PERCENT: '' } })).toHaveLength(3);
  });

  it('a function that refuses to run shortens a long value in its error', () => {
    expect(problemsOf({ variables: { AUDIT_MODE: 'x'.repeat(5000) } })[0]?.length).toBeLessThan(200);
  });
});
