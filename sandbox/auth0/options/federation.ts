import { createHash } from 'node:crypto';
import { type JsonObject, without } from '../../json';
import type { Write } from './write';

/**
 * samlp: from metadata, the certificate and the endpoints are derived and shown, and metadataXml itself never is
 * (recorded: SAML). metadataUrl is fetched again at each write, so certificates can change under an echo: unconfirmed,
 * and here they do not.
 */
export function normalizeSaml({ sent }: Write): JsonObject {
  const source = sent.metadataXml ?? sent.metadataUrl;
  const derived: JsonObject =
    typeof source === 'string'
      ? {
          cert: `-----BEGIN CERTIFICATE-----\nmade-up-certificate-${fingerprint(source).slice(0, 8)}\n-----END CERTIFICATE-----`,
          signInEndpoint: 'https://idp.example.invalid/saml/sign-in',
          signOutEndpoint: 'https://idp.example.invalid/saml/sign-out',
          bindingMethod: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
        }
      : {};
  const written: JsonObject = { ...derived, ...sent };
  const cert = written.signingCert ?? written.cert;
  if (typeof cert !== 'string') return written;
  // recorded: TestAccDataSourceConnection lists cert, expires, subject and thumbprints beside signingCert.
  return {
    cert: Buffer.from(cert, 'base64').toString('utf8').startsWith('-----BEGIN')
      ? Buffer.from(cert, 'base64').toString('utf8')
      : cert,
    expires: '2031-01-01T00:00:00.000Z',
    subject: { commonName: 'idp.example.invalid' },
    thumbprints: [fingerprint(cert)],
    ...written,
  };
}

/** recorded: PingFederate, what is sent as signingCert is read as cert. */
export function normalizePingFederate({ sent }: Write): JsonObject {
  const { signingCert } = sent;
  if (typeof signingCert !== 'string') return { ...sent };
  return { ...without(sent, ['signingCert']), cert: signingCert };
}

/** recorded: TestAccConnectionADFS, thumbprints are computed on creation (empty without metadata) and kept as sent later. */
export function normalizeAdfs({ sent }: Write): JsonObject {
  return { thumbprints: [], ...sent };
}

/**
 * recorded: waad_common_endpoint at each write; a userid_attribute that was left out is null. thumbprints and app_domain
 * for the older of the two identity APIs only (TestAccConnectionAzureAD against TestAccSCIMToken).
 * unconfirmed: that a PATCH without thumbprints and app_domain computes them again.
 */
export function normalizeWaad({ sent }: Write): JsonObject {
  const isNewerApi = sent.identity_api === 'microsoft-identity-platform-v2.0';
  return {
    ...(isNewerApi
      ? {}
      : {
          thumbprints: [fingerprint('waad-signing-key-1'), fingerprint('waad-signing-key-2')],
          app_domain: 'sandbox.invalid',
        }),
    userid_attribute: null,
    ...sent,
    waad_common_endpoint: sent.useCommonEndpoint === true,
  };
}

function fingerprint(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
