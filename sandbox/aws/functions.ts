import { type Json, parseJson } from '../json';
import type { AwsAnswer, AwsError, AwsProduct, AwsRequest } from './product';
import { ACCOUNT, isElsewhere, regionOfArn, signedRegion } from './region';

/** The handler of an event. It rejects if the deployed function would throw. */
export type DeployedFunction = (event: unknown) => Promise<unknown>;

export interface Invocation {
  readonly functionName: string;
  readonly type: InvocationType;
  readonly event: Json;
}

export interface Functions {
  /** Every invocation that began, in order. */
  readonly invocations: readonly Invocation[];
  /** Resolves when all invoked functions have ended. */
  whenIdle(): Promise<void>;
}

type InvocationType = 'Event' | 'RequestResponse';
/** docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
const SETTINGS_PATH = /^\/2016-08-19\/account-settings\/?$/;
/** The limit of a new account: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const CONCURRENCY = 10;
const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/**
 * Lambda with `Invoke` (docs.aws.amazon.com/lambda/latest/api/API_Invoke.html) and `GetAccountSettings`: REST, with the
 * event as body. Unlike at AWS, a failed asynchronous invocation is not repeated. No concurrency is reserved.
 */
export function createFunctions(
  functions: { readonly [name: string]: DeployedFunction },
  region: string | undefined,
): AwsProduct & Functions {
  const invocations: Invocation[] = [];
  const running = new Set<Promise<AwsAnswer>>();

  function invoke(run: DeployedFunction, invocation: Invocation): Promise<AwsAnswer> {
    invocations.push(invocation);
    const outcome = run(invocation.event).then(succeeded, failed);
    running.add(outcome);
    return outcome.finally(() => running.delete(outcome));
  }

  return {
    invocations,
    async whenIdle() {
      while (running.size > 0) await Promise.all(running);
    },
    operationOf({ method, path }) {
      if (method === 'GET' && SETTINGS_PATH.test(path)) return 'GetAccountSettings';
      return method === 'POST' && PATH.test(path) ? 'Invoke' : undefined;
    },
    answer(operation, request) {
      if (operation === 'GetAccountSettings') return accountSettings(Object.keys(functions).length);
      const asked = decodeURIComponent(PATH.exec(request.path)?.[1] ?? '');
      // "The name or ARN of the Lambda function": `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, or only the name.
      const functionName = asked.split(':').at(-1) ?? asked;
      const run = functions[functionName];
      if (run === undefined || isElsewhere(request, region) || isElsewhere(request, regionOfArn(asked))) {
        const arn = `arn:aws:lambda:${signedRegion(request)}:${ACCOUNT}:function:${functionName}`;
        return refuse({ status: 404, code: 'ResourceNotFoundException', message: `Function not found: ${arn}` });
      }
      const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
      if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
      if (type !== 'Event' && type !== 'RequestResponse') {
        const message = `Value '${type}' at 'invocationType' failed to satisfy constraint`;
        return refuse({ status: 400, code: 'InvalidParameterValueException', message });
      }
      const event = readEvent(request);
      if (!event.ok) {
        return refuse({ status: 400, code: 'InvalidRequestContentException', message: 'Could not parse request body' });
      }
      const outcome = invoke(run, { functionName, type, event: event.value });
      return type === 'Event' ? { status: 202, headers: {}, body: '' } : outcome;
    },
    refuse,
  };
}

function accountSettings(functionCount: number): AwsAnswer {
  const limit = { ConcurrentExecutions: CONCURRENCY, UnreservedConcurrentExecutions: CONCURRENCY };
  return json(200, JSON.stringify({ AccountLimit: limit, AccountUsage: { FunctionCount: functionCount } }), {});
}

/** An invocation without a payload has an empty object as event. */
function readEvent({ body }: AwsRequest): ReturnType<typeof parseJson> {
  return parseJson(body.length === 0 ? '{}' : body.toString('utf8'));
}

function succeeded(result: unknown): AwsAnswer {
  return json(200, JSON.stringify(result ?? null), { 'x-amz-executed-version': '$LATEST' });
}

/**
 * The call itself succeeds. A header reports that the function failed, and the payload is the error as the runtime writes it
 * (docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html).
 */
function failed(error: unknown): AwsAnswer {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const payload = { errorType: name, errorMessage: message, trace: [] };
  const headers = { 'x-amz-executed-version': '$LATEST', 'x-amz-function-error': 'Unhandled' };
  return json(200, JSON.stringify(payload), headers);
}

function refuse({ status, code, message }: AwsError): AwsAnswer {
  const type = status >= 500 ? 'Service' : 'User';
  return json(status, JSON.stringify({ Message: message, Type: type }), { 'x-amzn-errortype': code });
}

function json(status: number, body: string, headers: AwsAnswer['headers']): AwsAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}
