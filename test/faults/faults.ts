import { AUDIT_SCOPES } from '../../sandbox/auth0/access';
import type { Fault } from '../../sandbox/auth0/faults';
import type { ScriptedFailure } from '../../sandbox/aws/failures';
import type { Json } from '../../sandbox/json';
import { SECRET_ARN } from '../aws/aws-clients';
import { AWS_QUOTE, CLIENT_SECRET, DUE, SCOPES, SETTING } from './deployment';
import { type Exchange, VICTIM } from './exchanges';
import type { Night, Script } from './script';

/** A kind of fault: its effect on an exchange, or why it cannot occur in that exchange. */
export interface Way {
  readonly name: string;
  readonly script: (exchange: Exchange) => Script | string;
}

const ALWAYS = 1_000;
const REQUEST_MS = 20_000;
const CALL_MS = 10_000;
const ROTATED = 'planted-secret-after-rotation';

export const WAYS: readonly Way[] = [
  broken(
    'connection refused',
    'aws and auth0',
    { auth0: { name: 'reset' }, aws: { reset: true } },
    (night) => night.goDown,
  ),
  broken('reset', 'aws and auth0', { auth0: { name: 'reset' }, aws: { reset: true } }),
  applied('reset, applied', { auth0: { name: 'reset_after' }, aws: { reset: true, applied: true } }),
  broken('hang', 'silent', { auth0: { name: 'hang' }, aws: { hang: true } }),
  applied('hang, applied', { auth0: { name: 'hang', apply: true }, aws: { hang: true, applied: true } }, 'silent'),
  broken('slow answer', 'silent', { auth0: { name: 'drip' }, aws: { drip: true } }),
  ...[400, 401, 403, 404, 409].map((status) => refusal(status)),
  {
    name: '412',
    script: (exchange) =>
      exchange.kind === 'conditional put'
        ? always(exchange, undefined, { status: 412, code: 'PreconditionFailed', message: AWS_QUOTE })
        : 'the call has no condition',
  },
  refusal(429),
  {
    name: '429, retry after 2 s',
    script: (exchange) => withHeaders(exchange, { 'retry-after': '2', 'x-ratelimit-remaining': '0' }),
  },
  { name: '429, retry after 1 hour', script: (exchange) => withHeaders(exchange, { 'retry-after': '3600' }) },
  refusal(500),
  applied('500, applied', {
    auth0: { name: 'status', status: 500, apply: true },
    aws: { status: 500, code: 'InternalError', message: AWS_QUOTE, applied: true },
  }),
  broken('HTML', 'aws and auth0', { auth0: { name: 'html' }, aws: { html: true } }),
  applied('HTML, applied', { auth0: { name: 'html', apply: true }, aws: { html: true, applied: true } }),
  broken('empty', 'aws and auth0', { auth0: { name: 'empty' }, aws: { empty: true } }),
  broken('half an answer', 'aws and auth0', { auth0: { name: 'half_json' }, aws: { half: true } }),
  broken('answer cut off', 'aws and auth0', { auth0: { name: 'cut' }, aws: { cut: true } }),
  {
    name: 'wrong type',
    script: (exchange) =>
      always(
        exchange,
        { name: 'wrong_shape', body: wrongBody(exchange) },
        { text: `{"SecretString":5,"a":"${AWS_QUOTE}"}` },
      ),
  },
  {
    name: 'duplicates',
    script: (exchange) => (exchange.kind === 'page' ? always(exchange, { name: 'duplicate' }) : NO_PAGE),
  },
  {
    name: 'looping next',
    script: (exchange) => (exchange.kind === 'page' ? always(exchange, { name: 'repeat_next' }) : NO_PAGE),
  },
  {
    name: 'endless next',
    script: (exchange) => (exchange.kind === 'page' ? always(exchange, { name: 'endless_next' }) : NO_PAGE),
  },
  event('expired token', ({ deployed }) => deployed.sandbox.revokeTokens(), { token: 'no token exists yet' }),
  event('rotated secret', (night) => rotate(night, { isStored: true })),
  event('rotated secret, stored before run 2', (night) => rotate(night, { isStored: false })),
  event('write scopes revoked', (night) => revoke(night, [...AUDIT_SCOPES, 'read:logs'])),
  event('scope for options revoked', (night) =>
    revoke(
      night,
      SCOPES.filter((scope) => scope !== 'read:connections_options'),
    ),
  ),
  event('connection deleted', (night) => {
    night.deployed.sandbox.tenant.remove(VICTIM);
    night.expected.delete(VICTIM);
  }),
  {
    name: 'another option edited',
    script: (exchange) => {
      if (exchange.tenantElsewhere !== undefined) return exchange.tenantElsewhere;
      const isBetween = ['Write', 'Read after a write'].includes(exchange.name);
      const edit = once(exchange, (night) => {
        night.edit(VICTIM, 'scope', 'edited');
        // An edit shortly before our read is reported as possibly lost.
        if (!isBetween) night.deployed.pass(5_000);
      });
      return exchange.kind === 'write' ? { ...edit, losesEdit: true } : edit;
    },
  },
  event('setting edited', (night) => night.edit(VICTIM, SETTING, 'on_each_login')),
  // 14 of 15 minutes: no repair begins after that. After a longer jump, calls have milliseconds left and end by chance.
  event('clock jumps 14 minutes', ({ deployed }) => deployed.jump(14 * 60_000)),
  event('clock jumps back an hour', ({ deployed }) => deployed.jump(-3_600_000)),
  { name: 'killed', script: (exchange) => kill(exchange, { name: 'hang' }, { hang: true }) },
  {
    name: 'killed, applied',
    script: (exchange) =>
      hasEffect(exchange) ? kill(exchange, { name: 'hang', apply: true }, { hang: true, applied: true }) : NO_EFFECT,
  },
];

const NO_PAGE = 'the answer is not a page of a listing';
const NO_EFFECT = 'the call changes nothing';
const NO_HEADERS = 'AWS sends no time for a retry';

interface Both {
  readonly auth0: Fault;
  readonly aws: ScriptedFailure;
}

function always(
  exchange: Exchange,
  fault: Fault | undefined,
  failure: ScriptedFailure | undefined = undefined,
): Script {
  return {
    strike: ({ deployed }) => {
      if (fault !== undefined) exchange.strikeAuth0?.(deployed, fault, ALWAYS);
      if (failure !== undefined) exchange.strikeAws?.(deployed, failure, ALWAYS);
    },
  };
}

function broken(
  name: string,
  how: 'aws and auth0' | 'silent',
  { auth0, aws }: Both,
  alsoRun?: (night: Night) => () => void,
): Way {
  return {
    name,
    script: (exchange) => ({
      ...(how === 'silent' ? { isSilent: true } : {}),
      strike: (night) => {
        const { deployed } = night;
        // The virtual clock moves by the limit of the deployed function.
        const passed = (limit: number) => (how === 'silent' ? deployed.pass(limit) : undefined);
        const also = alsoRun?.(night);
        const run = (limit: number) => () => {
          passed(limit);
          also?.();
        };
        exchange.strikeAuth0?.(deployed, { name: 'before', run: run(REQUEST_MS) }, ALWAYS);
        exchange.strikeAuth0?.(deployed, auth0, ALWAYS);
        exchange.strikeAws?.(deployed, { ...aws, run: run(CALL_MS) }, ALWAYS);
      },
    }),
  };
}

function applied(name: string, both: Both, how: 'aws and auth0' | 'silent' = 'aws and auth0'): Way {
  const way = broken(name, how, both);
  return { name, script: (exchange) => (hasEffect(exchange) ? way.script(exchange) : NO_EFFECT) };
}

function hasEffect({ kind }: Exchange): boolean {
  return ['write', 'put', 'conditional put', 'send'].includes(kind);
}

function refusal(status: number): Way {
  const says = (message: string): Fault => ({
    name: 'status',
    status,
    body: { statusCode: status, error: 'made-up', message },
  });
  return {
    name: String(status),
    script: (exchange) => {
      const failure = { status, code: awsCode(exchange, status), message: AWS_QUOTE };
      if (exchange.kind !== 'write') {
        return always(exchange, says(exchange.kind === 'token' ? `not accepted: ${CLIENT_SECRET}` : 'no'), failure);
      }
      // A refusal can quote the sent values.
      const strike = ({ deployed }: Night) => {
        for (const id of DUE) {
          const when = { method: 'PATCH', path: `/api/v2/connections/${id}`, times: ALWAYS };
          deployed.sandbox.faults.add(says(`not accepted: planted-secret-of-${id}`), when);
        }
      };
      return { strike };
    },
  };
}

/** The error code of a service for this status. */
function awsCode({ about }: Exchange, status: number): string {
  if (status === 404) {
    if (about.startsWith('GetObject')) return 'NoSuchKey';
    if (about.startsWith('PutObject')) return 'NoSuchBucket';
    return about === 'GetParameter' ? 'ParameterNotFound' : 'ResourceNotFoundException';
  }
  if (status === 409) return 'ConditionalRequestConflict';
  if (status === 429) return 'ThrottlingException';
  if (status === 503) return about.includes('Object') ? 'SlowDown' : 'ServiceUnavailable';
  return { 400: 'InvalidRequest', 401: 'UnrecognizedClientException', 403: 'AccessDenied' }[status] ?? 'InternalError';
}

function withHeaders(exchange: Exchange, headers: { readonly [name: string]: string }): Script | string {
  if (exchange.side === 'aws') return NO_HEADERS;
  return always(exchange, { name: 'status', status: 429, headers });
}

function wrongBody({ kind }: Exchange): Json {
  if (kind === 'token') return { access_token: 5, note: 'planted-secret' };
  if (kind === 'page') return { connections: [{ id: 5, options: { client_secret: 'planted-secret' } }] };
  return { id: 5, logs: 'planted-secret', options: { client_secret: 'planted-secret' } };
}

/** An event that occurs one time, during an exchange that is answered normally. */
function event(name: string, run: (night: Night) => void, not: Partial<Record<Exchange['kind'], string>> = {}): Way {
  return {
    name,
    script: (exchange) => {
      const isOfTenant = !name.startsWith('clock');
      return not[exchange.kind] ?? (isOfTenant ? exchange.tenantElsewhere : undefined) ?? once(exchange, run);
    },
  };
}

function once(exchange: Exchange, run: (night: Night) => void): Script {
  return {
    strike: (night) => {
      const strike = () => run(night);
      exchange.strikeAuth0?.(night.deployed, { name: 'before', run: strike }, 1);
      exchange.strikeAws?.(night.deployed, { answered: true, run: strike }, 1);
    },
  };
}

function rotate({ deployed, atMorning }: Night, { isStored }: { readonly isStored: boolean }): void {
  const { sandbox, aws } = deployed;
  const store = () => aws.setSecret(SECRET_ARN, JSON.stringify(sandbox.credentials));
  sandbox.rotateSecret(ROTATED);
  sandbox.revokeTokens();
  if (isStored) store();
  else atMorning.push(store);
}

function revoke({ deployed, atMorning }: Night, scopes: readonly string[]): void {
  const { sandbox } = deployed;
  sandbox.grantScopes(scopes);
  sandbox.revokeTokens();
  atMorning.push(() => sandbox.grantScopes(SCOPES));
}

function kill(exchange: Exchange, fault: Fault, failure: ScriptedFailure): Script {
  return {
    isKilled: true,
    strike: ({ deployed, kill: end }) => {
      const name = 'apply' in fault ? 'after_apply' : 'before';
      exchange.strikeAuth0?.(deployed, { name, run: end }, 1);
      exchange.strikeAuth0?.(deployed, fault, 1);
      exchange.strikeAws?.(deployed, { ...failure, run: end }, 1);
    },
  };
}
