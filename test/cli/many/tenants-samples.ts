import { judgeRun, type TenantResult, type TenantsReport } from '../../../cli/many/tenant-result';
import type { Report } from '../../../lambda/judge/report';
import { commandPlaceOf } from '../../../lambda/report/commands/place';
import { FIRST_RUN } from '../../report/five-runs';
import { DRIFTED, findingOf, NOTHING_READ, reportOf } from '../../report/report-samples';

/** The result that an audit of several environments makes from one report. */
export function resultOf(report: Report): TenantResult {
  const { environment, tenant } = report;
  return { environment, tenant, ...judgeRun(report), report, commands: commandPlaceOf(report) };
}

function missed(status: 'not_reached' | 'not_set_up', environment: string, tenant: string | null, reason: string) {
  return {
    environment,
    tenant,
    status,
    exitCode: 2,
    reason,
    report: null,
    commands: commandPlaceOf({ environment }),
  } as const;
}

function at(environment: string, change: Partial<Report> = {}): Report {
  return { ...reportOf(change), environment, tenant: `acme-${environment}.eu.auth0.com` };
}

const DRIFTS = [findingOf({ severity: 'high' }), findingOf({ connection: { id: 'con_2', name: 'fabrikam' } })];

export function tenantsOf(results: readonly TenantResult[]): TenantsReport {
  return { startedAt: '2026-11-23T04:30:00.000Z', finishedAt: '2026-11-23T04:30:09.000Z', results };
}

/** One environment of each status. */
export const TENANTS: TenantsReport = tenantsOf([
  resultOf(at('de')),
  resultOf(at('fr', { findings: DRIFTS })),
  resultOf({ ...DRIFTED, environment: 'emea' }),
  resultOf(at('pl', NOTHING_READ)),
  resultOf(
    at('es', {
      complete: false,
      incomplete: {
        reason: 'no_answer',
        message: 'GET /api/v2/connections: no answer (ETIMEDOUT).',
        missingScopes: [],
      },
      findings: DRIFTS,
    }),
  ),
  resultOf(at('new', { coverage: { listed: 0, judged: 0 }, notices: [{ code: 'NO_CONNECTIONS' }] })),
  missed(
    'not_set_up',
    'prod',
    'your-tenant-prod.invalid',
    'The domain is a placeholder. Set domain in environments/prod.ts.',
  ),
  missed('not_reached', 'it', null, 'environments/it.ts: domain: expected a domain such as example.eu.auth0.com.'),
]);

/** Environments without findings, whose rows each fit one line. */
export const CALM: TenantsReport = tenantsOf(['at', 'de', 'fr'].map((name) => resultOf(at(name))));

/** An environment with more findings than a section shows. */
export const CROWDED: TenantsReport = tenantsOf([resultOf({ ...FIRST_RUN, environment: 'crowd' })]);
