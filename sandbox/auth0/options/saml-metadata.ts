import type { JsonObject } from '../../json';
import { fingerprint, pemAround } from './certificate';

/**
 * The samlp options from the metadata of an identity provider (recorded: TestAccConnectionSAML). Values that the document
 * does not contain are made up. All values of a metadataUrl are made up, because it is never fetched here.
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

/** The content of the first element with that name, with any prefix. */
function attributesOf(xml: string, name: string): ReadonlyMap<string, string> {
  const inside = new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`).exec(xml)?.[1] ?? '';
  return new Map([...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
}
