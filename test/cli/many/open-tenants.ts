import { runCommandLine } from '../../../cli/command-line';
import { STACK_OUTPUTS } from '../../../lambda/contract';
import { stackNameOf } from '../../../lambda/report/commands/place';
import type { Environment } from '../../../lib/environment/environment';
import { type EnvironmentFile, filesOf } from '../../../lib/environment/environment-file';
import { type Sandbox, type SandboxOptions, start } from '../../../sandbox/auth0/server';
import { type AwsSandbox, startAws } from '../../../sandbox/aws/server';
import { generate } from '../../../sandbox/seeds';
import { makeSelfSigned } from '../../../sandbox/self-signed';
import { makeFolder, whenDone } from '../../history/stores';
import { sampleEnvironment } from '../../lib/environment/sample-environment';
import { contextOf } from '../command-context';
import { CREDENTIALS, REGION } from '../deployed/open-deployed';
import { type RecordedTerminal, type RecordOptions, recordTerminal } from '../recorded-terminal';
import { trustEverywhere } from '../trust-everywhere';

/** An environment with a separate tenant, unless it shares the tenant of another environment. */
export interface TenantSpec {
  readonly name: string;
  readonly sandbox?: SandboxOptions;
  readonly environment?: { readonly [Key in keyof Environment]?: Environment[Key] | undefined };
  /** The name of the environment whose tenant this environment shares. */
  readonly sharesTenantOf?: string;
  /** The client secret in the secret of the environment, if it is not the correct one. */
  readonly clientSecret?: string;
}

export interface Tenants {
  readonly files: readonly EnvironmentFile[];
  readonly aws: AwsSandbox;
  readonly folder: string;
  sandboxOf(name: string): Sandbox;
  /** Runs a line with AWS credentials only. */
  run(line: string, options?: TenantsRunOptions): Promise<TenantsEnded>;
}

export interface TenantsRunOptions extends RecordOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: readonly EnvironmentFile[];
}

export interface TenantsEnded {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: RecordedTerminal;
}

/** Opens environments whose secrets, stacks and buckets are in an emulated AWS. `closeStores` closes them. */
export async function openTenants(
  set: (variables: Readonly<Record<string, string>>) => void,
  specs: readonly TenantSpec[],
): Promise<Tenants> {
  const pair = makeSelfSigned();
  trustEverywhere(pair.cert);
  const sandboxes = new Map<string, Sandbox>();
  for (const { name, sandbox: options, sharesTenantOf } of specs) {
    if (sharesTenantOf !== undefined) continue;
    const seed = generate(20, { driftPercent: 0 });
    const sandbox = await start({ port: 0, rateLimit: 'off', seed, tls: pair, ...options });
    whenDone(() => sandbox.stop());
    sandboxes.set(name, sandbox);
  }
  const sandboxOf = (name: string): Sandbox => {
    const shared = specs.find((spec) => spec.name === name)?.sharesTenantOf ?? name;
    const sandbox = sandboxes.get(shared);
    if (sandbox === undefined) throw new Error(`no tenant ${shared}`);
    return sandbox;
  };
  const aws = await startAws({
    port: 0,
    region: REGION,
    secrets: Object.fromEntries(
      specs.map(({ name, clientSecret }) => {
        const { credentials } = sandboxOf(name);
        const { client_id, client_secret } = credentials;
        return [secretOf(name), JSON.stringify({ client_id, client_secret: clientSecret ?? client_secret })];
      }),
    ),
    stacks: Object.fromEntries(
      specs.map(({ name }) => [
        stackNameOf(name),
        { outputs: { [STACK_OUTPUTS.secret]: secretOf(name), [STACK_OUTPUTS.history]: `s3://${name}-history` } },
      ]),
    ),
    buckets: specs.map(({ name }) => `${name}-history`),
    identity: 'arn:aws:sts::000000000000:assumed-role/Admin/ann',
  });
  whenDone(() => aws.stop());
  set({ ...CREDENTIALS, AWS_ENDPOINT_URL: aws.endpoint });
  const files = filesOf(
    specs.map(({ name, environment }) => ({
      ...sampleEnvironment,
      name,
      domain: `127.0.0.1:${sandboxOf(name).port}`,
      region: REGION,
      ...environment,
    })),
  );
  const folder = makeFolder();
  return {
    files,
    aws,
    folder,
    sandboxOf,
    async run(line, options = {}) {
      const terminal = recordTerminal({ XDG_STATE_HOME: folder, ...options.variables }, options);
      const words = line.split(' ').filter((word) => word !== '');
      const code = await runCommandLine(words, contextOf(options.files ?? files, terminal));
      return { code, stdout: terminal.printed(), stderr: terminal.noted(), terminal };
    },
  };
}

/** The ARN of the secret of an environment. */
export function secretOf(name: string): string {
  return `arn:aws:secretsmanager:${REGION}:111122223333:secret:${name}-AbCdEf`;
}
