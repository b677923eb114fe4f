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
  // A stack is named for its environment, whose name travels.
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

  test.each([first, second])('of $name carries the policy of its own environment', ({ name, policy }) => {
    expect(JSON.parse(readFileSync(join(assetOf(name), POLICY_FILE), 'utf8'))).toEqual(policy);
  });

  test.each([first, second])('of $name carries the settings of its own environment', (environment) => {
    const text = readFileSync(join(assetOf(environment.name), SETTINGS_FILE), 'utf8');
    expect(JSON.parse(text)).toEqual(withDefaults(environment));
  });

  test('holds the files of the bundle, policy and settings, and nothing else', () => {
    expect(readdirSync(assetOf('first')).sort()).toEqual(
      [...readdirSync(STUB_BUNDLE), POLICY_FILE, SETTINGS_FILE].sort(),
    );
  });

  test('has the same hash for the same code, policy and settings, and another for another policy or setting', () => {
    expect(hashOf.get('Again')).toBe(hashOf.get('ConnectionAuditor-first'));
    expect(hashOf.get('ConnectionAuditor-second')).not.toBe(hashOf.get('ConnectionAuditor-first'));
    expect(hashOf.get('OtherSetting')).not.toBe(hashOf.get('ConnectionAuditor-first'));
  });
});

test('a folder without a bundle is one error that names the command', () => {
  const empty = mkdtempSync(join(tmpdir(), 'connection-auditor-'));
  expect(() => new AuditorStack(createApp(), sampleEnvironment, { bundle: empty })).toThrow(
    `${empty} holds no bundled handler (index.mjs); make it with: npm run build:handler`,
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
