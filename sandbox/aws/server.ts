import { createServer, type IncomingMessage } from 'node:http';
import { type Buckets, createBuckets } from './buckets';
import { createParameters } from './parameters';
import type { AwsAnswer, AwsError, AwsRequest } from './product';
import { createSecrets } from './secrets';
import { createSecurityHub } from './security-hub';
import { createStacks, type DeployedStack } from './stacks';
import { createTopics, type PublishedMessage, type Subscription } from './topics';

export interface AwsOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Value of each secret by its ARN (or name, where that is what is asked for). */
  readonly secrets?: { readonly [arn: string]: string };
  /** The topics that exist, each with its subscriptions. */
  readonly topics?: { readonly [arn: string]: readonly Subscription[] };
  /** The buckets that exist; each starts empty and keeps every version. */
  readonly buckets?: readonly string[];
  /** Value of each SSM parameter by its name. */
  readonly parameters?: { readonly [name: string]: string };
  /** The CloudFormation stacks that are deployed. */
  readonly stacks?: { readonly [name: string]: DeployedStack };
}

export interface ScriptedFailure extends AwsError {
  /** How many calls fail; default 1. */
  readonly times?: number;
  /** The call takes effect and only its answer is lost: what a client sees as a 5xx may have been done. */
  readonly applied?: boolean;
}

export interface AwsRecord {
  readonly operation: string;
  readonly status: number;
}

export interface AwsSandbox extends Buckets {
  /** For AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly published: readonly PublishedMessage[];
  /** Ids of the findings that Security Hub took, in order. */
  readonly imported: readonly string[];
  /** Every call that arrived, failed ones included, in order. */
  readonly calls: readonly AwsRecord[];
  setSecret(arn: string, value: string): void;
  /** `undefined` deletes the parameter. */
  setParameter(name: string, value: string | undefined): void;
  /** The next calls of this operation fail. The real clients retry 5xx and throttling themselves. */
  failNext(operation: string, failure: ScriptedFailure): void;
  stop(): Promise<void>;
}

/** The few AWS calls of the product, on one endpoint, to be spoken to by the real SDK clients. */
export async function startAws(options: AwsOptions = {}): Promise<AwsSandbox> {
  const secrets = createSecrets(options.secrets ?? {});
  const topics = createTopics(options.topics ?? {});
  const buckets = createBuckets(options.buckets ?? []);
  const parameters = createParameters(options.parameters ?? {});
  const securityHub = createSecurityHub();
  const products = [secrets, parameters, createStacks(options.stacks ?? {}), topics, securityHub, buckets];
  const calls: AwsRecord[] = [];
  const failures: { readonly operation: string; readonly failure: ScriptedFailure; left: number }[] = [];

  function handle(request: AwsRequest): AwsAnswer {
    for (const product of products) {
      const operation = product.operationOf(request);
      if (operation === undefined) continue;
      const failing = failures.find((each) => each.operation === operation && each.left > 0);
      if (failing !== undefined) failing.left -= 1;
      if (failing?.failure.applied === true) answerSigned(operation);
      const answer = failing === undefined ? answerSigned(operation) : product.refuse(failing.failure);
      calls.push({ operation, status: answer.status });
      return answer;

      function answerSigned(name: string): AwsAnswer {
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
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not emulated' };
  }

  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => {
        const url = new URL(request.url ?? '/', 'http://127.0.0.1');
        const { headers, method = 'GET' } = request;
        const answer = handle({ method, path: url.pathname, query: url.searchParams, headers, body });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');

  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    published: topics.published,
    imported: securityHub.imported,
    calls,
    setSecret: secrets.set,
    setParameter: parameters.set,
    objects: buckets.objects,
    putObject: buckets.putObject,
    failNext(operation, failure) {
      failures.push({ operation, failure, left: failure.times ?? 1 });
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
