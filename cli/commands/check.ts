import net from 'node:net';
import tls from 'node:tls';
import { grantsLogs, missingScopes, missingWriteScopes, needlessScopes } from '../../lambda/connection/scopes';
import { type Tenant, TenantFailure } from '../../lambda/connection/tenant';
import { fill } from '../../lambda/report/text/paragraphs';
import type { Environment } from '../../lib/environment/environment';
import type { Target } from '../arguments';
import type { ExitCode } from '../exit-code';
import { openTenant } from '../open-tenant';
import { type ResolvedTarget, resolveTarget, TargetError } from '../target';
import type { Terminal } from '../terminal';
import { checkDeployment } from './deployment';

/** One thing looked at. `skip`: it could not be looked at, which is no reason to worry by itself. */
export interface CheckLine {
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  readonly subject: string;
  readonly text: string;
}

/** Says line by line what is set up and what is missing, with the remedy. Changes and audits nothing. */
export async function checkCommand(
  asked: Target,
  environments: readonly Environment[],
  terminal: Terminal,
): Promise<ExitCode> {
  const lines: CheckLine[] = [];
  const say = (line: CheckLine) => {
    lines.push(line);
    const first = `${line.status.padEnd(5)} ${line.subject.padEnd(12)} `;
    const rest = ' '.repeat(first.length);
    terminal.print(fill(line.text, { first, rest, columns: terminal.columns }).join('\n'));
  };
  const target = resolveOrSay(asked, environments, terminal, say);
  if (target === undefined) return 2;

  const environment = environments.find(({ name }) => name === target.environment);
  say(await checkReach(target));
  for await (const line of checkAccess(target, environment, terminal)) say(line);
  if (environment !== undefined) (await checkDeployment(environment, target.address.host)).forEach(say);
  return lines.some(({ status }) => status === 'fail') ? 2 : 0;
}

/** What keeps a tenant from being asked is what this command is there to say. */
function resolveOrSay(
  asked: Target,
  environments: readonly Environment[],
  { variables }: Terminal,
  say: (line: CheckLine) => void,
): ResolvedTarget | undefined {
  try {
    return resolveTarget(asked, environments, variables);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    for (const text of error.problems) say({ status: 'fail', subject: 'settings', text });
    return undefined;
  }
}

const CONNECT_TIMEOUT_MS = 10_000;

/** Whether the domain answers, and over TLS with a certificate that is trusted here. */
function checkReach({ address }: ResolvedTarget): Promise<CheckLine> {
  const { protocol, hostname, port } = new URL(address.origin);
  const secure = protocol === 'https:';
  const where = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (secure ? 443 : 80)) };
  return new Promise((resolve) => {
    // An address is no server name (RFC 6066, section 3).
    const servername = net.isIP(where.host) === 0 ? where.host : '';
    const socket = secure ? tls.connect({ ...where, servername }) : net.connect(where);
    const end = (status: CheckLine['status'], text: string) => {
      socket.destroy();
      resolve({ status, subject: 'domain', text: `${address.host} ${text}` });
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end('fail', 'does not answer; check the domain and the network'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.name;
      const remedy = /CERT|TLS|SELF_SIGNED|UNABLE_TO/.test(code)
        ? 'a private authority goes into NODE_EXTRA_CA_CERTS'
        : 'check the domain and the network';
      end('fail', `cannot be reached (${code}); ${remedy}`);
    });
    socket.on(secure ? 'secureConnect' : 'connect', () =>
      end('ok', secure ? 'answers over TLS' : 'answers on this machine, without TLS'),
    );
  });
}

/** The credentials, what they may do, and whether a listing shows options. Ends at the first failure. */
async function* checkAccess(
  target: ResolvedTarget,
  environment: Environment | undefined,
  terminal: Terminal,
): AsyncGenerator<CheckLine> {
  const { tenant, transport } = openTenant(target, terminal, { writes: 'refused', deadline: Number.POSITIVE_INFINITY });
  try {
    const { scopes } = await tenant.access();
    yield { status: 'ok', subject: 'credentials', text: 'accepted' };
    yield* checkScopes(scopes, environment?.mode ?? 'report');
    yield await checkOptions(tenant);
    const limit = transport.rateLimit;
    yield limit === undefined
      ? { status: 'skip', subject: 'rate limit', text: 'the tenant does not tell' }
      : {
          status: 'ok',
          subject: 'rate limit',
          text: `${limit.remaining} of ${limit.limit} requests left in the bucket; ${target.reservePercent} % of it stays free for others`,
        };
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    yield {
      status: 'fail',
      subject: error.reason === 'credentials_refused' ? 'credentials' : 'listing',
      text: error.message,
    };
  }
}

function* checkScopes(scopes: ReadonlySet<string> | undefined, mode: Environment['mode']): Generator<CheckLine> {
  const subject = 'scopes';
  if (scopes === undefined) {
    yield { status: 'warn', subject, text: 'neither the token answer nor the token tells what is granted' };
    return;
  }
  const needed =
    mode === 'remediate' ? [...missingScopes(scopes), ...missingWriteScopes(scopes)] : missingScopes(scopes);
  for (const scope of needed) {
    const where = 'Applications > APIs > Auth0 Management API > Machine to Machine Applications';
    yield { status: 'fail', subject, text: `${scope} is missing; grant it in the Dashboard under ${where}` };
  }
  if (needed.length === 0) yield { status: 'ok', subject, text: `all that mode ${mode} needs are granted` };
  const needless = mode === 'report' ? needlessScopes(scopes) : [];
  if (needless.length > 0) {
    const text = `${needless.join(' and ')} are granted; mode report does not need them, so take them away`;
    yield { status: 'warn', subject, text };
  }
  if (!grantsLogs(scopes)) {
    yield { status: 'skip', subject, text: 'read:logs is not granted: nobody will be told who changed a connection' };
  }
}

/** Looks at no more than the first page. */
async function checkOptions(tenant: Tenant): Promise<CheckLine> {
  const subject = 'options';
  for await (const { options } of tenant.listConnections()) {
    return options.visibility === 'hidden'
      ? { status: 'fail', subject, text: 'hidden: the tenant leaves them out; grant read:connections_options' }
      : { status: 'ok', subject, text: 'visible' };
  }
  return { status: 'skip', subject, text: 'the tenant has no connections' };
}
