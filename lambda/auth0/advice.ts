import type { FailureReason } from '../connection/tenant';
import { explainProxy, isProxyRefusal } from '../proxy-error';

/** A known message of Auth0, and what to do about it. The first row that matches counts. */
interface Advice {
  /** Matched against the error code and the message of an answer. */
  readonly said: RegExp;
  readonly advice: string;
}

const QUIETER_HOUR = "Other clients use up the tenant's rate limit: run at a quieter hour.";
const GRANT_SCOPE = 'Grant the scope to the machine-to-machine application.';

const ANSWERS: readonly Advice[] = [
  // Auth0 docs, fine-grained-m2m-token-quotas: 429 of the token endpoint, until the hour or the day of the quota ends.
  {
    said: /Client quota exceeded/i,
    advice:
      'The application has used up its token quota: raise the quota, or let fewer other clients use the application.',
  },
  // Management API: 429 too_many_requests (auth0-reset-tenant#31, auth0-deploy-cli#386).
  { said: /too_many_requests|Global limit has been reached/i, advice: QUIETER_HOUR },
  // Management API: 403 insufficient_scope; the message names the scope (recordings of auth0-deploy-cli).
  { said: /insufficient_scope|Insufficient scope/i, advice: GRANT_SCOPE },
  // Management API: 403 insufficient_entitlement, "Please upgrade your subscription" (recordings of auth0-deploy-cli).
  { said: /insufficient_entitlement/i, advice: "The tenant's plan does not include this feature." },
];

/** What to do about an answer, by Auth0's message, otherwise by the status. Empty if neither is known. */
export function adviseOn(status: number, said: string): string {
  const known = ANSWERS.find((row) => row.said.test(said));
  if (known !== undefined) return known.advice;
  if (status === 429) return QUIETER_HOUR;
  if (status === 403) return GRANT_SCOPE;
  if (status < 400) return 'The tenant redirects: check the domain.';
  return '';
}

/** Why the token endpoint refused an application (status 400, 401 or 403), and what to do. */
export interface TokenRefusal {
  readonly reason: Extract<FailureReason, 'credentials_refused' | 'audience_refused'>;
  readonly advice: string;
}

export interface TokenAsked {
  readonly audience: string;
  readonly hasPrivateKey: boolean;
}

/** `said`: a text that contains Auth0's message. */
export function adviseOnToken(status: number, said: string, { audience, hasPrivateKey }: TokenAsked): TokenRefusal {
  // 403 "Service not enabled within domain: <audience>": the tenant has no API of that name. The audience of a custom
  // domain causes this answer (node-auth0#292, auth0-PHP#538).
  if (/Service not enabled within domain/i.test(said)) {
    const advice = `The requested audience is ${audience}. If domain is a custom domain, set canonicalDomain in the environment (on the command line: --canonical-domain) to the tenant's own domain, such as example.eu.auth0.com.`;
    return { reason: 'audience_refused', advice };
  }
  // 403 unauthorized_client "Grant type 'client_credentials' not allowed for the client." (Auth0 docs, update grant types)
  if (/Grant type .* not allowed/i.test(said)) {
    const advice =
      'Turn on the Client Credentials grant type of the application (Dashboard: Applications > Applications > Settings > Advanced Settings > Grant Types).';
    return { reason: 'credentials_refused', advice };
  }
  // 403 'Client is not authorized to access "<audience>". You need to create a "client-grant"' (public reports).
  if (status === 403 || /not authorized to access|client-grant/i.test(said)) {
    const advice = `Authorize the application for the Auth0 Management API; the requested audience is ${audience}.`;
    return { reason: 'credentials_refused', advice };
  }
  // Auth0 answers a rejected assertion with invalid_client. Only the tenant's log contains the reason, as type feccft
  // (https://community.auth0.com/t/191217). It answers a rejected secret with 401 access_denied "Unauthorized" (e2e
  // recordings of auth0-deploy-cli).
  const advice = hasPrivateKey
    ? "Check client_id, private_key and kid against the application's credentials (Private Key JWT, RS256). Check that the application belongs to this tenant, and check the clock of this machine. The tenant's log contains the reason (Dashboard: Monitoring > Logs, type feccft)."
    : 'Check client_id and client_secret of the machine-to-machine application. Check that the application belongs to this tenant.';
  return { reason: 'credentials_refused', advice };
}

/** The meaning of a missing answer, by the error code of Node.js or of the proxy. */
export interface Silence {
  readonly reason: Extract<FailureReason, 'no_answer' | 'unreachable' | 'bad_answer'>;
  readonly advice: string;
}

/** Each of these errors repeats on the next request until its cause is fixed. The first row that matches counts. */
const LASTING: readonly (Silence & { readonly code: RegExp })[] = [
  { code: /^ENOTFOUND$|^ERR_INVALID_URL$/, reason: 'unreachable', advice: 'Check the domain.' },
  {
    code: /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    reason: 'unreachable',
    advice:
      'The certificate is not valid today: check the clock of this machine, and which server answers for the domain.',
  },
  {
    code: /^ERR_TLS_CERT_ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/,
    reason: 'unreachable',
    advice: 'The certificate is for another name: check the domain.',
  },
  {
    code: /^EPROTO$|^ERR_SSL_/,
    reason: 'unreachable',
    advice: 'The server does not use TLS as expected: check the domain and the port.',
  },
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  {
    code: /CERT|^ERR_TLS|^UNABLE_TO_|^CRL_|^(PATH_LENGTH_EXCEEDED|INVALID_CA|INVALID_PURPOSE)$/,
    reason: 'unreachable',
    advice:
      'This machine does not trust the certificate. For a private authority, set NODE_EXTRA_CA_CERTS to its certificate file.',
  },
  { code: /^ANSWER_TOO_LARGE$/, reason: 'bad_answer', advice: '' },
];

/** Whether a repeated request could succeed, and what to do. */
export function adviseOnSilence(code: string): Silence & { readonly isLasting: boolean } {
  const proxy = explainProxy(code);
  if (proxy !== undefined) {
    const isLasting = isProxyRefusal(code);
    return { reason: isLasting ? 'unreachable' : 'no_answer', advice: proxy, isLasting };
  }
  const lasting = LASTING.find((row) => row.code.test(code));
  if (lasting === undefined) return { reason: 'no_answer', advice: '', isLasting: false };
  return { reason: lasting.reason, advice: lasting.advice, isLasting: true };
}
