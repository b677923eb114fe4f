import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy, Stage } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Launcher, Resources } from '../lambda/contract';
import { filesOf, variablesFor } from '../lambda/deployment';
import type { Policy } from '../lambda/policy/policy';
import { type Settings, settingsShape } from '../lambda/settings';
import { INVOCATION_MINUTES, MEMORY_SIZE } from './environment/schema';
import { grantInterfaces, type VpcNetwork } from './vpc-network';

/** The folder into which `npm run build:handler` writes the code. `cdk.json` runs it before each synthesis. */
export const HANDLER_BUNDLE = join(__dirname, '..', 'dist', 'handler');

/** @internal */
export interface AuditFunctionProps {
  /** The settings of the function; deployed as a file next to the code. */
  readonly settings: Settings;

  /** The policy; deployed as a file next to the code. */
  readonly policy: Policy;

  /** The resources that the function uses, by the names of its variables. */
  readonly resources: Resources;

  /** How the commands in its messages start the command line. */
  readonly launcher: Launcher;

  /** The folder of the bundled code, as `npm run build:handler` creates it. */
  readonly bundle: string;

  /** Days for which the log is kept. */
  readonly logRetentionDays: number;

  /** The queue for the event of a run that failed or could not start within one hour. */
  readonly failedRuns: IQueue;

  /**
   * Megabytes of memory.
   * @default 1024
   */
  readonly memorySize: number | undefined;

  /**
   * Concurrent executions to reserve.
   * @default none
   */
  readonly reservedConcurrency: number | undefined;

  /**
   * The network to run in.
   * @default the network of Lambda, with internet access and without a VPC
   */
  readonly network: VpcNetwork | undefined;
}

/** The function that runs the audit, its log, and a role. The role is allowed to write this log and to send failed runs. */
export class AuditFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: IRole;
  readonly logGroup: LogGroup;
  readonly network: VpcNetwork | undefined;

  /** @internal */
  constructor(scope: Construct, id: string, props: AuditFunctionProps) {
    super(scope, id);
    const { settings, policy, resources, launcher, network } = props;
    this.network = network;

    this.logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });

    // A separate role: the default role has a managed policy that allows every log group of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [props.failedRuns.queueArn] }),
    );

    if (network !== undefined) grantInterfaces(this.role);

    this.lambda = new LambdaFunction(this, 'Function', {
      description: 'Audits the connections of an Auth0 tenant',
      code: Code.fromAsset(this.copyWith(filesOf(settings, policy), props.bundle)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? MEMORY_SIZE.default,
      timeout: Duration.minutes(INVOCATION_MINUTES),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: variablesFor(settings, policy, resources, launcher),
      // A failed run is not repeated, so that one failure causes one run and one alert. The next scheduled run follows.
      retryAttempts: 0,
      maxEventAge: Duration.hours(1),
      // Not `SqsDestination`: it also allows the role to read the queue's attributes.
      onFailure: { bind: () => ({ destination: props.failedRuns.queueArn }) },
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
    });
    const { defaultChild } = this.lambda.node;
    if (!CfnFunction.isCfnFunction(defaultChild)) throw new Error('the function must be a resource of the template');
    // In the template, the file itself is only a hash. With this metadata, `cdk diff` shows each setting.
    defaultChild.addMetadata('settings', textsOf(settings));
    // Not the `vpc` of CDK: it needs the availability zones, and so a lookup in the account at each synthesis.
    if (network !== undefined) {
      defaultChild.vpcConfig = {
        subnetIds: network.subnets.map(({ subnetId }) => subnetId),
        securityGroupIds: network.securityGroups.map(({ securityGroupId }) => securityGroupId),
      };
    }
  }

  /**
   * Creates a copy of the bundle with these files, because each environment has different files. The copy stays in the
   * folder of the assembly: with `--no-staging` a template refers to this copy.
   */
  private copyWith(files: Readonly<Record<string, string>>, bundle: string): string {
    if (!existsSync(join(bundle, 'index.mjs'))) {
      throw new Error(`${bundle} contains no bundled handler (index.mjs); build it with: npm run build:handler`);
    }
    const stage = Stage.of(this);
    if (stage === undefined) throw new Error('the function must be part of an App or a Stage');
    const copy = join(stage.assetOutdir, `handler-${this.node.addr}`);
    rmSync(copy, { recursive: true, force: true });
    cpSync(bundle, copy, { recursive: true });
    if (readdirSync(copy).join() !== readdirSync(bundle).join()) {
      throw new Error(`${bundle} changed during the copy: another build is running; start again after that build`);
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(copy, name), text);
    return copy;
  }
}

/** Every setting as a string, including settings that are not set: `cdk diff` prints no boolean and no value of a new key. */
function textsOf(settings: Settings): Readonly<Record<string, string>> {
  const values = new Map<string, unknown>(Object.entries(settings));
  return Object.fromEntries(
    Object.keys(settingsShape).map((name) => {
      const value = values.get(name) ?? 'not set';
      return [name, typeof value === 'string' ? value : JSON.stringify(value)];
    }),
  );
}
