import { createHash, X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../json';

/** The parts of a subject, named as recorded (SAML, PingFederate, OIDCMetadata). unconfirmed: the last three names. */
const SUBJECT_NAMES: ReadonlyMap<string, string> = new Map([
  ['C', 'countryName'],
  ['ST', 'stateOrProvinceName'],
  ['O', 'organizationName'],
  ['CN', 'commonName'],
  ['L', 'localityName'],
  ['OU', 'organizationalUnitName'],
  ['emailAddress', 'emailAddress'],
]);

/** The facts that are returned with a certificate (recorded for samlp and pingfederate). Made up for a string that is not a certificate. */
export function factsOfCertificate(pem: string): JsonObject {
  const parsed = parse(pem);
  if (parsed === undefined) {
    return {
      expires: '2031-01-01T00:00:00.000Z',
      subject: { commonName: 'idp.example.invalid' },
      thumbprints: [fingerprint(pem)],
    };
  }
  const subject = parsed.subject.split('\n').map((line): [string, string] => {
    const [short = '', ...rest] = line.split('=');
    return [SUBJECT_NAMES.get(short) ?? short, rest.join('=')];
  });
  return {
    expires: new Date(parsed.validTo).toISOString(),
    subject: Object.fromEntries(subject),
    thumbprints: [parsed.fingerprint.replaceAll(':', '').toLowerCase()],
  };
}

/** The PEM of a certificate that was sent as PEM or as base64 of PEM (recorded: OIDCMetadata, SAML). */
export function pemOf(sent: string): string {
  const decoded = Buffer.from(sent, 'base64').toString('utf8');
  return decoded.startsWith('-----BEGIN') ? decoded : sent;
}

/** The PEM of the bare base64 in metadata. */
export function pemAround(base64: string): string {
  const lines = base64.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** 40 hex digits, like a thumbprint. */
export function fingerprint(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
