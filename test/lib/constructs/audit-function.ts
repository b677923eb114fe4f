import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { POLICY_FILE, SETTINGS_FILE } from '../../../lambda/contract';
import { AuditorStack } from '../../../lib/auditor-stack';
import { ConnectionAuditor } from '../../../lib/connection-auditor';
import type { Environment } from '../../../lib/environment/environment';
import { withDefaults } from '../../../lib/environment/with-defaults';
import { sampleEnvironment } from '../environment/sample-environment';
import { createApp, STUB_BUNDLE, stackOf, withoutRules } from '../synthesize';

const first: Environment = { ...sampleEnvironment, name: 'first' };
const second: Environment = { ...sampleEnvironment, name: 'second', policy: { default: { expect: 'on_first_login' } } };

describe('the code asset', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'connection-auditor-'));
  const app = createApp({ ...withoutRules, outdir });
  for (const environment of [first, second]) stackOf(environment, app);
  // An AuditorStack has the name of its environment, which is part of the settings. Therefore these constructs use other stacks.
  for (const [id, props] of Object.entries({ Again: first, OtherSetting: { ...first, namePeople: false } })) {
    new ConnectionAuditor(new Stack(app, id), 'Auditor', { ...props, bundle: STUB_BUNDLE });
  }
  const hashOf = new Map(app.synth().stacks.map(({ stackName, template }) => [stackName, codeHash(template)]));

  afterAll(() => rmSync(outdir, { recursive: true }));

  /** The folder that is uploaded for an environment. */
  function assetOf(name: string): string {
    const hash = hashOf.get(`ConnectionAuditor-${name}`) ?? 'none';
    return join(outdir, readdirSync(outdir).find((file) => file.startsWith(`asset.${hash}`)) ?? '');
  }

  test.each([first, second])('the code asset of $name contains the policy of its environment', ({ name, policy }) => {
    expect(JSON.parse(readFileSync(join(assetOf(name), POLICY_FILE), 'utf8'))).toEqual(policy);
  });

  test.each([first, second])('the code asset of $name contains the settings of its environment', (environment) => {
    const text = readFileSync(join(assetOf(environment.name), SETTINGS_FILE), 'utf8');
    expect(JSON.parse(text)).toEqual(withDefaults(environment));
  });

  test('the code asset contains only the files of the bundle, policy and settings', () => {
    expect(readdirSync(assetOf('first')).sort()).toEqual(
      [...readdirSync(STUB_BUNDLE), POLICY_FILE, SETTINGS_FILE].sort(),
    );
  });

  test('the hash of the code asset changes only with the code, the policy or a setting', () => {
    expect(hashOf.get('Again')).toBe(hashOf.get('ConnectionAuditor-first'));
    expect(hashOf.get('ConnectionAuditor-second')).not.toBe(hashOf.get('ConnectionAuditor-first'));
    expect(hashOf.get('OtherSetting')).not.toBe(hashOf.get('ConnectionAuditor-first'));
  });
});

test('a folder without a bundle is an error that names the build command', () => {
  const empty = mkdtempSync(join(tmpdir(), 'connection-auditor-'));
  expect(() => new AuditorStack(createApp(), sampleEnvironment, { bundle: empty })).toThrow(
    `${empty} contains no bundled handler (index.mjs); build it with: npm run build:handler`,
  );
  rmSync(empty, { recursive: true });
});

interface Lambda {
  readonly Type: string;
  readonly Properties: { readonly Code: { readonly S3Key: string } };
}

function codeHash(template: { readonly Resources: Readonly<Record<string, Lambda>> }): string | undefined {
  const lambda = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
  return lambda?.Properties.Code.S3Key.replace('.zip', '');
}
