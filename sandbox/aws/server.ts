import { createServer } from 'node:http';
import { type Loopback, listenOnLoopback, readBody } from '../loopback';
import type { DeployedAlarm } from './alarm';
import { createAlarms } from './alarms';
import { createFailures, isApplied, type Reply, replyTo, type ScriptedFailure, send, statusOf } from './failures';
import { createFunctions, type DeployedFunction, type Functions } from './functions';
import { createIdentity } from './identity';
import { createLogGroups, type LogEvent } from './log-groups';
import { createParameters } from './parameters';
import type { AwsAnswer, AwsRequest } from './product';
import { type Buckets, createBuckets } from './s3/buckets';
import { createSecrets } from './secrets';
import { createSecurityHub } from './security-hub';
import { createTopics, type Subscription, type Topics } from './sns/topics';
import { createQueues, type QueuedMessage } from './sqs/queues';
import { createStacks, type DeployedStack } from './stacks';

export interface AwsOptions {
  /** 0 or undefined: any free port. */
  readonly port?: number;
  /**
   * The region of all resources without an ARN: stacks without a separate region, parameters, functions, log groups, queues
   * and alarms. Default: all regions. Topics and secrets are in the region of their ARN, buckets in all regions.
   */
  readonly region?: string;
  /** The value of each secret by its ARN (or by its name, if requests use the name). */
  readonly secrets?: { readonly [arn: string]: string };
  /** The topics that exist, each with its subscriptions. */
  readonly topics?: { readonly [arn: string]: readonly Subscription[] };
  /** The buckets that exist. Each bucket starts empty and keeps every version. */
  readonly buckets?: readonly string[];
  /** The value of each SSM parameter by its name. */
  readonly parameters?: { readonly [name: string]: string };
  /** The CloudFormation stacks that are deployed. */
  readonly stacks?: { readonly [name: string]: DeployedStack };
  /** The Lambda functions, by name. */
  readonly functions?: { readonly [name: string]: DeployedFunction };
  /** The log groups of CloudWatch Logs, by name, each with its events. */
  readonly logGroups?: { readonly [name: string]: readonly LogEvent[] };
  /** The CloudWatch alarms, by name. */
  readonly alarms?: { readonly [name: string]: DeployedAlarm };
  /** The SQS queues, by URL, each with its messages. */
  readonly queues?: { readonly [url: string]: readonly QueuedMessage[] };
  /** The ARN of the identity that signs the calls and wrote the parameters. Without it, `GetCallerIdentity` is refused. */
  readonly identity?: string;
}

export interface AwsRecord {
  readonly operation: string;
  /** 0 if the call was never answered. */
  readonly status: number;
}

export interface AwsSandbox extends Buckets, Functions, Omit<Topics, 'deliver'>, Omit<Loopback, 'port'> {
  /** The value for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** The ids of the findings that Security Hub accepted, in order. */
  readonly imported: readonly string[];
  /** Every call that arrived, including failed calls, in order. */
  readonly calls: readonly AwsRecord[];
  /** The current value of a secret. */
  secret(arn: string): string | undefined;
  setSecret(arn: string, value: string): void;
  /** The current value of a parameter. */
  parameter(name: string): string | undefined;
  /** `undefined` deletes the parameter. */
  setParameter(name: string, value: string | undefined): void;
  /** Makes the next calls of this operation fail. The real clients retry 5xx and throttling, and wait without a time limit. */
  failNext(operation: string, failure: ScriptedFailure): void;
  /** Removes all scripted failures. */
  clearFailures(): void;
}

/** The AWS calls that the product uses, on one endpoint, for the real SDK clients. */
export async function startAws(options: AwsOptions = {}): Promise<AwsSandbox> {
  const secrets = createSecrets(options.secrets ?? {});
  const topics = createTopics(options.topics ?? {});
  const buckets = createBuckets(options.buckets ?? []);
  const parameters = createParameters(options.parameters ?? {}, {
    region: options.region,
    identity: options.identity,
  });
  const securityHub = createSecurityHub();
  const stacks = createStacks(options.stacks ?? {}, options.region);
  const identity = createIdentity(options.identity);
  const functions = createFunctions(options.functions ?? {}, options.region);
  const logGroups = createLogGroups(options.logGroups ?? {}, options.region);
  const alarms = createAlarms(options.alarms ?? {}, { region: options.region, topics });
  const queues = createQueues(options.queues ?? {}, options.region);
  const named = [functions, logGroups, alarms, queues];
  const products = [secrets, parameters, stacks, topics, identity, securityHub, ...named, buckets];
  const calls: AwsRecord[] = [];
  const failures = createFailures();

  async function handle(request: AwsRequest): Promise<Reply> {
    for (const product of products) {
      const operation = product.operationOf(request);
      if (operation === undefined) continue;
      const failure = failures.take(operation, product.resourceOf?.(request) ?? '');
      const answer = failure === undefined || isApplied(failure) ? await answerSigned(operation) : undefined;
      failure?.run?.();
      const { refuse } = product;
      const reply = replyTo(failure ?? { answered: true }, { refuse, ...(answer === undefined ? {} : { answer }) });
      calls.push({ operation, status: statusOf(reply) });
      return reply;

      function answerSigned(name: string): AwsAnswer | Promise<AwsAnswer> {
        // AWS common errors: a call without a signature is refused. The signature itself is not checked.
        return request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') === true
          ? product.answer(name, request)
          : product.refuse({
              status: 403,
              code: 'MissingAuthenticationToken',
              message: 'Missing Authentication Token',
            });
      }
    }
    const headers = { 'content-type': 'text/plain' };
    return { kind: 'answer', answer: { status: 404, headers, body: 'not emulated' } };
  }

  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        const url = new URL(request.url ?? '/', 'http://127.0.0.1');
        const { headers, method = 'GET' } = request;
        return handle({ method, path: url.pathname, query: url.searchParams, headers, body });
      })
      .then((reply) => send(reply, response))
      .catch(() => response.destroy());
  });
  const { port, down, up, stop } = await listenOnLoopback(server, options.port);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    published: topics.published,
    subscriptions: topics.subscriptions,
    confirmSubscription: topics.confirmSubscription,
    removeSubscription: topics.removeSubscription,
    invocations: functions.invocations,
    whenIdle: functions.whenIdle,
    imported: securityHub.imported,
    calls,
    secret: secrets.get,
    setSecret: secrets.set,
    parameter: parameters.get,
    setParameter: parameters.set,
    objects: buckets.objects,
    putObject: buckets.putObject,
    get openUploads() {
      return buckets.openUploads;
    },
    failNext: failures.add,
    clearFailures: failures.clear,
    down,
    up,
    stop,
  };
}
