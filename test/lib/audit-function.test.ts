import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { POLICY_FILE } from '../../lambda/contract';
import { AuditorStack } from '../../lib/auditor-stack';
import type { Environment } from '../../lib/environment/environment';
import { sampleEnvironment } from './environment/sample-environment';

const first: Environment = { ...sampleEnvironment, name: 'first' };
const second: Environment = { ...sampleEnvironment, name: 'second', policy: { default: { expect: 'on_first_login' } } };

/** The two environments above as one app, with the code bundled as it is for a deployment. */
describe('the code asset', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'connection-auditor-'));
  const codeOf = new Map<string, string>();

  beforeAll(() => {
    const app = new App({ outdir, context });
    for (const environment of [first, second]) {
      new AuditorStack(app, environment);
    }
    const assembly = app.synth();
    for (const { stackName, template } of assembly.stacks) {
      const [lambda] = Object.values<Lambda>(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
      codeOf.set(stackName, join(outdir, `asset.${lambda?.Properties.Code.S3Key.replace('.zip', '')}`));
    }
  }, 60_000);
  afterAll(() => rmSync(outdir, { recursive: true }));

  test.each([first, second])('of $name carries the policy of its own environment', ({ name, policy }) => {
    const folder = codeOf.get(`ConnectionAuditor-${name}`) ?? '';
    expect(JSON.parse(readFileSync(join(folder, POLICY_FILE), 'utf8'))).toEqual(policy);
  });

  test('holds the bundle and the policy, and nothing else', () => {
    expect(readdirSync(codeOf.get('ConnectionAuditor-first') ?? '').sort()).toEqual(['index.js', POLICY_FILE]);
  });

  test('loads where nothing is installed, and exports the handler', () => {
    const cwd = codeOf.get('ConnectionAuditor-first') ?? '';
    const exported = execFileSync(process.execPath, ['-p', "typeof require('./index.js').handler"], { cwd });
    expect(exported.toString().trim()).toBe('function');
  });
});

interface Lambda {
  readonly Type: string;
  readonly Properties: { readonly Code: { readonly S3Key: string } };
}
