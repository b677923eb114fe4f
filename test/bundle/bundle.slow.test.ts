import { execFileSync, fork } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Ended, invoke } from '../../bench/invoke';
import { REMEDIATION_SCOPES } from '../../sandbox/auth0/access';
import { makeSelfSigned } from '../../sandbox/self-signed';
import { startProxy } from '../cli/access/connect-proxy';
import { type DeployedFunction, deployFunction, removeFunctions } from '../deployed-function';
import { version2 } from '../history/state-files';
import { drifted } from '../repair/sandbox/tenants';

const ROOT = path.join(__dirname, '../..');
const FOLDER = mkdtempSync(path.join(tmpdir(), 'auditor-bundle-'));
const BUNDLE = path.join(FOLDER, 'whole');

/** A file that esbuild wrote. */
interface BundledFile {
  readonly bytes: number;
  readonly sources: readonly string[];
}

let files: ReadonlyMap<string, BundledFile> = new Map();
beforeAll(() => {
  const build = [path.join(__dirname, 'build-apart.mjs'), BUNDLE];
  files = new Map(JSON.parse(execFileSync(process.execPath, build, { encoding: 'utf8' })));
});
afterEach(removeFunctions);
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Packages that are allowed to load before the first request to Auth0. A further package needs a reason. */
const NEEDED_FIRST = [
  '@aws-sdk/client-secrets-manager',
  '@aws-sdk/core',
  '@aws-sdk/credential-provider-env',
  '@aws-sdk/credential-provider-node',
  '@aws-sdk/xml-builder',
  '@aws/lambda-invoke-store',
  '@smithy/core',
  '@smithy/node-http-handler',
  '@smithy/signature-v4',
  '@smithy/types',
  'axios',
  'zod',
];

describe('the bundled function before its first request to Auth0', () => {
  let loaded: readonly string[] = [];
  beforeAll(async () => {
    loaded = await loadedFirst(await deployFunction());
  });
  const ours = () => loaded.flatMap((url) => files.get(path.basename(url)) ?? []);
  const sources = () => ours().flatMap((file) => file.sources);

  it('the bundled function loads less than 600 kB before its first request', () => {
    const bytes = ours().reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes).toBeLessThan(600_000);
    expect(bytes).toBeGreaterThan(100_000);
  });

  it('the bundled function loads only the needed packages before its first request', () => {
    const packages = sources().flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(NEEDED_FIRST);
  });

  it('the bundled function loads nothing of lambda/report before its first request', () => {
    expect(sources().filter((file) => file.startsWith('lambda/report/'))).toEqual([]);
    expect(sources()).toContain('lambda/run/run-audit.ts');
  });

  it("the bundled function loads nothing of Node's own undici before its first request", () => {
    expect(loaded.filter((url) => url.includes('undici'))).toEqual([]);
  });
});

describe('the bundled function', () => {
  const REPAIRING = {
    sandbox: { seed: drifted('okta', 1), scopes: REMEDIATION_SCOPES },
    settings: { mode: 'remediate', caps: { maxChanges: 10, maxPercent: 100 } },
    state: version2(),
  } as const;
  const written = ({ sandbox }: DeployedFunction) => sandbox.requests.filter(({ method }) => method === 'PATCH');

  it('the bundled function repairs, and notifies recipients and consumers', async () => {
    const deployed = await deployFunction(REPAIRING);
    expect(await invokeIn(BUNDLE, deployed)).toMatchObject({ code: 0, invoked: [{ returned: { complete: true } }] });
    expect(written(deployed)).toHaveLength(1);
    expect(deployed.alerts()).toHaveLength(1);
    expect(deployed.findings().length).toBeGreaterThan(0);
  });

  it('the bundled function fails visibly and repairs nothing if its reporting code cannot be loaded', async () => {
    const broken = path.join(FOLDER, 'broken');
    cpSync(BUNDLE, broken, { recursive: true });
    const [reporting = ''] = readdirSync(broken).filter((name) => name.startsWith('reporting-'));
    rmSync(path.join(broken, reporting));
    const deployed = await deployFunction(REPAIRING);
    const ended = await invokeIn(broken, deployed);
    expect(ended.code).toBe(1);
    expect(ended.printed).toContain(`Cannot find module '${path.join(broken, reporting)}'`);
    expect(written(deployed)).toEqual([]);
  });

  it('the bundled function connects directly over TLS, regardless of proxy variables', async () => {
    const proxy = await startProxy();
    try {
      const address = proxy.address();
      const deployed = await deployFunction({ sandbox: { tls: makeSelfSigned() } });
      const ended = await invokeIn(BUNDLE, deployed, {
        HTTPS_PROXY: address,
        https_proxy: address,
        ALL_PROXY: address,
      });
      expect(ended.printed).toContain('no answer (DEPTH_ZERO_SELF_SIGNED_CERT)');
      expect([...proxy.asked, ...proxy.others]).toEqual([]);
    } finally {
      await proxy.stop();
    }
  });
});

/** The addresses of the modules that were loaded before the first request to the tenant. */
async function loadedFirst({ sandbox, variables }: DeployedFunction): Promise<readonly string[]> {
  const asked = { host: new URL(sandbox.origin).host, event: {}, listsFiles: true };
  const script = path.join(ROOT, 'bench/import-probe.mjs');
  const child = fork(script, [path.join(BUNDLE, 'index.mjs'), JSON.stringify(asked)], {
    env: { ...process.env, ...variables, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    child.once('message', ({ files: loaded }: { readonly files: readonly string[] }) => {
      resolve(loaded);
      child.kill();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before a request to the tenant`)));
  });
}

/** Invokes the bundle in a folder once, as deployed. */
function invokeIn(
  folder: string,
  { variables }: DeployedFunction,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  cpSync(variables.LAMBDA_TASK_ROOT ?? '', folder, { recursive: true });
  return invoke(
    { variables: { ...process.env, ...variables, ...more, LAMBDA_TASK_ROOT: folder } },
    { times: 1, execArgv: [] },
  );
}
