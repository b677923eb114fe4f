import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stage } from 'aws-cdk-lib';
import { type IRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type EnvVarName, POLICY_FILE } from '../lambda/contract';
import type { Policy } from '../lambda/policy/policy';

/** Where `npm run build:handler` puts the code; `cdk.json` has it run before each synthesis. */
export const HANDLER_BUNDLE = join(__dirname, '..', 'dist', 'handler');

export interface AuditFunctionProps {
  /** What the function is told of its surroundings: every variable that it reads. */
  readonly variables: Record<EnvVarName, string>;

  /** The folder of the bundled code, as `npm run build:handler` makes it. */
  readonly bundle: string;

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
  readonly lambda: LambdaFunction;
  readonly role: IRole;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: AuditFunctionProps) {
    super(scope, id);

    this.logGroup = new LogGroup(this, 'Log', { retention: props.logRetentionDays });

    // A role of our own: the default one carries a managed policy that allows every log group of the account.
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);

    this.lambda = new LambdaFunction(this, 'Function', {
      description: 'Audits the connections of an Auth0 tenant',
      code: Code.fromAsset(this.copyWithPolicy(props.bundle, props.policy)),
      handler: 'index.handler',
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
    });
  }

  /**
   * A copy of the bundle with the policy in it, since each environment has its own. It lies in the assembly's folder,
   * which is made for such files, and stays there: with `--no-staging` a template names this very copy.
   */
  private copyWithPolicy(bundle: string, policy: Policy): string {
    if (!existsSync(join(bundle, 'index.mjs'))) {
      throw new Error(`${bundle} holds no bundled handler (index.mjs); make it with: npm run build:handler`);
    }
    const stage = Stage.of(this);
    if (stage === undefined) throw new Error('the function must be part of an App or a Stage');
    const copy = join(stage.assetOutdir, `handler-${this.node.addr}`);
    rmSync(copy, { recursive: true, force: true });
    cpSync(bundle, copy, { recursive: true });
    if (readdirSync(copy).join() !== readdirSync(bundle).join()) {
      throw new Error(`${bundle} changed while it was copied: another build runs; start again when it has ended`);
    }
    writeFileSync(join(copy, POLICY_FILE), JSON.stringify(policy));
    return copy;
  }
}
