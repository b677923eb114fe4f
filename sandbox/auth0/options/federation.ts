import { type JsonObject, without } from '../../json';
import { usesNewerIdentityApi } from '../strategy-facts';
import { factsOfCertificate, fingerprint, pemOf } from './certificate';
import { optionsOfMetadata } from './saml-metadata';
import type { Write } from './write';

/**
 * samlp: the certificate and the endpoints are derived from metadata and returned. metadataXml itself is never returned
 * (recorded: SAML). metadataUrl is fetched again at each write, so that sending the options back can change certificates:
 * unconfirmed, and here they do not change.
 */
export function normalizeSaml({ sent, stored, kind }: Write): JsonObject {
  const source = sent.metadataXml ?? sent.metadataUrl;
  const written: JsonObject = {
    // recorded: TestAccConnectionSAML, added by the POST and lost by the PATCH that omits it.
    ...(stored === undefined && kind.decryptionSettings ? { assertion_decryption_settings: DECRYPTION } : {}),
    ...(typeof source === 'string' ? optionsOfMetadata(source) : {}),
    ...sent,
  };
  const certificate = written.signingCert ?? written.cert;
  if (typeof certificate !== 'string') return written;
  const pem = pemOf(certificate);
  return { cert: pem, ...factsOfCertificate(pem), ...written };
}

const DECRYPTION: JsonObject = { algorithm_exceptions: [], algorithm_profile: 'v2026-1' };

/**
 * recorded: PingFederate, signingCert in a write is returned as cert, together with the facts of the certificate.
 * unconfirmed: that a cert that is sent without a signingCert is kept.
 */
export function normalizePingFederate({ sent }: Write): JsonObject {
  const { signingCert } = sent;
  if (typeof signingCert !== 'string') return { ...sent };
  const cert = pemOf(signingCert);
  return { ...factsOfCertificate(cert), ...without(sent, ['signingCert']), cert };
}

/** recorded: TestAccConnectionADFS, thumbprints are computed on creation (empty without metadata) and kept as sent later. */
export function normalizeAdfs({ sent }: Write): JsonObject {
  return { thumbprints: [], ...sent };
}

/**
 * recorded: waad_common_endpoint at each write; an omitted userid_attribute is null. thumbprints and app_domain only for the
 * older of the two identity APIs (TestAccConnectionAzureAD against TestAccSCIMToken).
 * unconfirmed: that a PATCH without thumbprints and app_domain computes them again.
 */
export function normalizeWaad({ sent }: Write): JsonObject {
  return {
    ...(usesNewerIdentityApi(sent)
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
