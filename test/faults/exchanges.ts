import type { Fault, When } from '../../sandbox/auth0/faults';
import type { ScriptedFailure } from '../../sandbox/aws/failures';
import { ALERTS_ARN, FINDINGS_ARN } from '../aws/aws-clients';
import type { Stage } from './script';

/** One exchange with Auth0 or AWS that a script can change. `times`: how often, from the first exchange. */
export interface Exchange {
  readonly name: string;
  readonly side: 'auth0' | 'aws';
  /** The kind, for faults that apply to one kind only. */
  readonly kind: 'token' | 'page' | 'connection' | 'write' | 'log' | 'read' | 'put' | 'conditional put' | 'send';
  /** The description in the fault table. */
  readonly about: string;
  /** Why an event at the tenant has the same result here as at another exchange, if so. */
  readonly tenantElsewhere?: string;
  /** Adds another fault that must occur first, because otherwise the exchange is not made. */
  readonly prepare?: (deployed: Stage) => void;
  readonly strikeAuth0?: (deployed: Stage, fault: Fault, times: number) => void;
  readonly strikeAws?: (deployed: Stage, failure: ScriptedFailure, times: number) => void;
}

/** The connection for faults of one connection. */
export const VICTIM = 'con_okta001';
const ONE = '/api/v2/connections/*';

function auth0(name: string, kind: Exchange['kind'], about: string, when: When): Exchange {
  const strikeAuth0: Exchange['strikeAuth0'] = ({ sandbox }, fault, times) =>
    sandbox.faults.add(fault, { ...when, times });
  return { name, side: 'auth0', kind, about, strikeAuth0 };
}

interface Call {
  readonly tenantElsewhere?: string;
  readonly operation: string;
  readonly resource?: RegExp;
  readonly nth?: number;
}

function aws(
  name: string,
  kind: Exchange['kind'],
  about: string,
  { operation, resource, nth = 1, tenantElsewhere }: Call,
): Exchange {
  const strikeAws: Exchange['strikeAws'] = (deployed, failure, times) =>
    deployed.aws.failNext(operation, {
      ...failure,
      times,
      nth,
      ...(resource === undefined ? {} : { about: resource }),
    });
  return { name, side: 'aws', kind, about, strikeAws, ...(tenantElsewhere === undefined ? {} : { tenantElsewhere }) };
}

const EARLY = 'the tenant has answered only the token request so far (the same as at page 1)';
const LATE = 'the tenant gets no more requests in this run (the same as after the run)';

const exactly = (arn: string) => new RegExp(`^${arn}$`);
const LEASE = /\/lease\.json$/;
const STATE = /\/state\.json$/;
const CLAIMS = /\/claims\.json$/;
const RECORD = /\/runs\/.*\.json$/;

/** In the order of a run. */
export const EXCHANGES: readonly Exchange[] = [
  aws('Secret', 'read', 'GetSecretValue', { operation: 'GetSecretValue' }),
  auth0('Token', 'token', 'POST /oauth/token', { path: '/oauth/token' }),
  aws('Claim read', 'read', 'GetObject claims.json', {
    tenantElsewhere: EARLY,
    operation: 'GetObject',
    resource: CLAIMS,
  }),
  aws('Claim write', 'conditional put', 'PutObject claims.json', {
    tenantElsewhere: EARLY,
    operation: 'PutObject',
    resource: CLAIMS,
  }),
  aws('State read', 'read', 'GetObject state.json', {
    tenantElsewhere: EARLY,
    operation: 'GetObject',
    resource: STATE,
  }),
  aws('Lease read', 'read', 'GetObject lease.json', {
    tenantElsewhere: EARLY,
    operation: 'GetObject',
    resource: LEASE,
  }),
  auth0('Page 1', 'page', 'GET /api/v2/connections, from the first request', {
    method: 'GET',
    path: '/api/v2/connections',
  }),
  // The first request asks for 100, which this tenant refuses.
  auth0('Page 2', 'page', 'GET /api/v2/connections, from the second page', {
    method: 'GET',
    path: '/api/v2/connections',
    nth: 3,
  }),
  aws('Lease write', 'conditional put', 'PutObject lease.json', { operation: 'PutObject', resource: LEASE }),
  aws('Planned record', 'conditional put', 'PutObject runs/*.json, from the first call', {
    operation: 'PutObject',
    resource: RECORD,
  }),
  aws('Kill switch', 'read', 'GetParameter', { operation: 'GetParameter' }),
  auth0('Fresh read', 'connection', `GET ${ONE}`, { method: 'GET', path: ONE }),
  auth0('Write', 'write', `PATCH ${ONE}`, { method: 'PATCH', path: ONE }),
  {
    ...auth0('Read after a write', 'connection', `GET /api/v2/connections/${VICTIM}; its PATCH had no answer`, {
      method: 'GET',
      path: `/api/v2/connections/${VICTIM}`,
      nth: 2,
    }),
    prepare: ({ sandbox }) =>
      sandbox.faults.add({ name: 'reset_after' }, { method: 'PATCH', path: `/api/v2/connections/${VICTIM}` }),
  },
  auth0('Log query', 'log', 'GET /api/v2/logs', { method: 'GET', path: '/api/v2/logs' }),
  aws('Ended record', 'conditional put', 'PutObject runs/*.json, from the second call', {
    tenantElsewhere: LATE,
    operation: 'PutObject',
    resource: RECORD,
    nth: 2,
  }),
  aws('HTML page', 'put', 'PutObject runs/*.html', {
    tenantElsewhere: LATE,
    operation: 'PutObject',
    resource: /\.html$/,
  }),
  aws('Alert', 'send', 'Publish to the alerts topic', {
    tenantElsewhere: LATE,
    operation: 'Publish',
    resource: exactly(ALERTS_ARN),
  }),
  aws('Findings', 'send', 'Publish to the findings topic', {
    tenantElsewhere: LATE,
    operation: 'Publish',
    resource: exactly(FINDINGS_ARN),
  }),
  aws('Security Hub', 'send', 'BatchImportFindings', { tenantElsewhere: LATE, operation: 'BatchImportFindings' }),
  aws('State write', 'conditional put', 'PutObject state.json', {
    tenantElsewhere: LATE,
    operation: 'PutObject',
    resource: STATE,
  }),
];
