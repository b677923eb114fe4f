import { grantsLogs, missingScopes, missingWriteScopes, needlessScopes } from '../../../lambda/connection/scopes';
import { type Tenant, TenantFailure } from '../../../lambda/connection/tenant';
import type { Environment } from '../../../lib/environment/environment';
import { openTenant } from '../../open-tenant';
import type { ResolvedTarget } from '../../target';
import type { Terminal } from '../../terminal';
import type { CheckLine, CheckSubject } from './check-line';

/** Checks the credentials, their scopes, and whether a listing shows options. Ends at the first request that fails. */
export async function* checkAccess(
  target: ResolvedTarget,
  environment: Environment,
  terminal: Terminal,
): AsyncGenerator<CheckLine> {
  const { tenant, transport } = openTenant(target, terminal, { writes: 'refused', deadline: Number.POSITIVE_INFINITY });
  let subject: CheckSubject = 'credentials';
  try {
    const { scopes } = await tenant.access();
    yield { status: 'ok', subject: 'credentials', text: 'accepted' };
    subject = 'listing';
    yield* checkScopes(scopes, environment.mode);
    yield await checkOptions(tenant);
    const limit = transport.rateLimit;
    yield limit === undefined
      ? { status: 'skip', subject: 'rate_limit', text: 'the tenant does not report its rate limit' }
      : {
          status: 'ok',
          subject: 'rate_limit',
          text: `${limit.remaining} of ${limit.limit} requests left in the rate limit; ${target.reservePercent} % stay free for other clients`,
        };
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    yield { status: 'fail', subject, text: error.message };
  }
}

function* checkScopes(scopes: ReadonlySet<string> | undefined, mode: Environment['mode']): Generator<CheckLine> {
  const subject = 'scopes';
  if (scopes === undefined) {
    yield {
      status: 'warn',
      subject,
      text: 'unknown: neither the token response nor the token lists the granted scopes',
    };
    return;
  }
  const needed =
    mode === 'remediate' ? [...missingScopes(scopes), ...missingWriteScopes(scopes)] : missingScopes(scopes);
  for (const scope of needed) {
    const where = 'Applications > APIs > Auth0 Management API > Machine to Machine Applications';
    yield { status: 'fail', subject, text: `${scope} is missing; grant it in the Dashboard under ${where}` };
  }
  if (needed.length === 0) yield { status: 'ok', subject, text: `all scopes that ${mode} mode needs are granted` };
  const needless = mode === 'report' ? needlessScopes(scopes) : [];
  if (needless.length > 0) {
    const text = `${needless.join(' and ')} are granted, but report mode does not need them: remove them`;
    yield { status: 'warn', subject, text };
  }
  if (!grantsLogs(scopes)) {
    yield { status: 'skip', subject, text: 'read:logs is not granted: reports cannot show who changed a connection' };
  }
}

/** Reads at most one page. */
async function checkOptions(tenant: Tenant): Promise<CheckLine> {
  const subject = 'options';
  for await (const { options } of tenant.listConnections()) {
    return options.visibility === 'hidden'
      ? { status: 'fail', subject, text: 'hidden: the tenant omits them; grant read:connections_options' }
      : { status: 'ok', subject, text: 'visible' };
  }
  return { status: 'skip', subject, text: 'the tenant has no connections' };
}
