import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFresh } from '../../build/fresh.mjs';
import { POLICY_FILE, SETTINGS_FILE } from '../../lambda/contract';
import { readEnvironmentFiles, stemOf } from '../../lib/environment/environment-file';
import { ENVIRONMENTS_FOLDER } from './environment/shipped-environments';

const ROOT = join(__dirname, '../..');
const BUNDLE = join(ROOT, 'dist/handler');

/**
 * The CLI runs the `build` of cdk.json directly before each synthesis, so for `synth`, `list`, `diff` and `deploy`
 * (README of the package aws-cdk, "Configuration"). Other tools read the stdout of `synth STACK`. The app creates all stacks,
 * regardless of the requested stack, so that one run of the CLI is enough for all tests.
 */
describe('cdk synth STACK', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'connection-auditor-'));
  let stdout = '';
  let asset = '';
  const stacks = readEnvironmentFiles(ENVIRONMENTS_FOLDER).map(({ file }) => `ConnectionAuditor-${stemOf(file)}`);
  const [first = ''] = stacks;

  beforeAll(() => {
    const words = ['synth', first, '--no-notices', '--json', '--output', outdir];
    stdout = execFileSync(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...words], {
      cwd: ROOT,
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
      encoding: 'utf8',
      stdio: 'pipe',
    });
    asset = join(outdir, readdirSync(outdir).find((name) => name.startsWith('asset.')) ?? 'none');
  });
  afterAll(() => rmSync(outdir, { recursive: true }));

  test('cdk synth STACK prints only the template', () => {
    const written = JSON.parse(readFileSync(join(outdir, `${first}.template.json`), 'utf8'));
    // The CLI hides the check of the bootstrap version when it prints a template.
    expect({ ...JSON.parse(stdout), Rules: written.Rules }).toEqual(written);
  });

  test('cdk synth STACK synthesizes the stack of each environment', () => {
    const written = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
    expect(written.sort()).toEqual(stacks.map((stack) => `${stack}.template.json`).sort());
  });

  // The exit code covers only the requested stack. The report covers all stacks.
  test('cdk synth STACK reports no failed validation of any stack', () => {
    const { pluginReports }: { pluginReports: readonly { conclusion: string }[] } = JSON.parse(
      readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
    );
    expect(pluginReports.filter(({ conclusion }) => conclusion !== 'success')).toEqual([]);
  });

  test('cdk synth STACK rebuilds a stale bundle, and the asset contains only the bundle, policy and settings', () => {
    expect(isFresh(ROOT, 'dist/handler.json')).toBe(true);
    expect(readdirSync(asset).sort()).toEqual([...readdirSync(BUNDLE), POLICY_FILE, SETTINGS_FILE].sort());
  });

  test('the asset loads without installed packages and exports the handler', () => {
    const load = "import('./index.mjs').then(({ handler }) => console.log(typeof handler))";
    expect(execFileSync(process.execPath, ['-e', load], { cwd: asset, encoding: 'utf8' })).toBe('function\n');
  });
});
