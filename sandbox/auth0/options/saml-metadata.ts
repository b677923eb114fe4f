import type { JsonObject } from '../../json';
import { fingerprint, pemAround } from './certificate';

/**
 * What samlp options take from the metadata of an identity provider (recorded: TestAccConnectionSAML). What the document
 * does not say is made up; of a metadataUrl, which is never fetched here, everything is.
 */
export function optionsOfMetadata(source: string): JsonObject {
  const base64 = /<(?:\w+:)?X509Certificate>([^<]+)</.exec(source)?.[1];
  const certificate =
    base64 === undefined
      ? `-----BEGIN CERTIFICATE-----\nmade-up-certificate-${fingerprint(source).slice(0, 8)}\n-----END CERTIFICATE-----\n`
      : pemAround(base64);
  const signIn = attributesOf(source, 'SingleSignOnService');
  const signOut = attributesOf(source, 'SingleLogoutService');
  return {
    cert: certificate,
    signingCert: Buffer.from(certificate).toString('base64'),
    signInEndpoint: signIn.get('Location') ?? 'https://idp.example.invalid/saml/sign-in',
    signOutEndpoint: signOut.get('Location') ?? 'https://idp.example.invalid/saml/sign-out',
    bindingMethod: signIn.get('Binding') ?? 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  };
}

/** Of the first element of that name, whatever its prefix. */
function attributesOf(xml: string, name: string): ReadonlyMap<string, string> {
  const inside = new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`).exec(xml)?.[1] ?? '';
  return new Map([...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
}
