import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetStaging, Duration } from 'aws-cdk-lib';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type EnvVarName, POLICY_FILE } from '../lambda/contract';
import type { Policy } from '../lambda/policy/policy';

const ROOT = join(__dirname, '..');

export interface AuditFunctionProps {
  /** What the function is told of its surroundings: every variable that it reads. */
  readonly variables: Record<EnvVarName, string>;

  /** What should hold; it travels as a file beside the code. */
  readonly policy: Policy;

  /** Days for which the log is kept. */
  readonly logRetentionDays: number;

  /** Where the event of a run that failed, or could not start within the hour, goes. */
  readonly failedRuns: IQueue;

  /**
   * Concurrent executions to reserve.
   * @default none
   */
  readonly reservedConcurrency: number | undefined;
}

/** The function that audits, its log, and a role that may write this log and nothing else. */
export class AuditFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly role: IRole;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: AuditFunctionProps) {
    super(scope, id);

    this.logGroup = new LogGroup(this, 'Log', { retention: props.logRetentionDays });

    // A role of our own: the default one carries a managed policy that allows every log group of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);

    this.lambda = new NodejsFunction(this, 'Function', {
      description: 'Audits the connections of an Auth0 tenant',
      entry: join(ROOT, 'lambda', 'handler.ts'),
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      projectRoot: ROOT,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.minutes(15),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: props.variables,
      // One bad night is one run and one alert: a run that fails is not repeated, the next night's is.
      retryAttempts: 0,
      maxEventAge: Duration.hours(1),
      onFailure: new SqsDestination(props.failedRuns),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      awsSdkConnectionReuse: false, // version 3 of the SDK always reuses connections; the variable would say nothing
      bundling: {
        target: 'node24',
        minify: true,
        keepNames: true, // the names of error classes are what an operator reads in the log
        bundleAwsSDK: true,
        mainFields: ['module', 'main'],
        // CDK bundles once for equal options; without this, all environments of an app would get the first one's policy.
        environment: { POLICY_SHA256: createHash('sha256').update(JSON.stringify(props.policy)).digest('hex') },
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (_input, output) => writePolicy(props.policy, output),
        },
      },
    });
  }
}

/**
 * Written here rather than by a command that would carry it: a shell takes no argument over 128 KB. CDK also asks for
 * the commands of a container, whose folder does not exist here; we bundle with the esbuild of devDependencies, so a
 * container that is used after all must fail rather than deploy a function without its policy.
 */
function writePolicy(policy: Policy, output: string): string[] {
  if (output === AssetStaging.BUNDLING_OUTPUT_DIR) {
    return ['echo "esbuild is missing on this machine: run npm ci" >&2', 'exit 1'];
  }
  writeFileSync(join(output, POLICY_FILE), JSON.stringify(policy));
  return [];
}
