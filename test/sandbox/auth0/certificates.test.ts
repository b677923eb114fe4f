import { createHash } from 'node:crypto';
import { factsOfCertificate, pemAround, pemOf } from '../../../sandbox/auth0/options/certificate';
import { optionsOfMetadata } from '../../../sandbox/auth0/options/saml-metadata';
import { makeSelfSigned } from '../../../sandbox/self-signed';

const { cert } = makeSelfSigned();

test('the expiry, the subject and the thumbprint are read from a certificate', () => {
  const der = Buffer.from(cert.replace(/-----[A-Z ]+-----/g, ''), 'base64');
  expect(factsOfCertificate(cert)).toEqual({
    expires: '2049-12-31T23:59:59.000Z',
    subject: { commonName: 'connection-auditor test' },
    thumbprints: [createHash('sha1').update(der).digest('hex')],
  });
});

test('a string that is not a certificate gets made-up facts', () => {
  expect(factsOfCertificate('made-up')).toMatchObject({ subject: { commonName: 'idp.example.invalid' } });
});

test('a certificate is accepted as PEM and as base64 of PEM', () => {
  expect(pemOf(cert)).toBe(cert);
  expect(pemOf(Buffer.from(cert).toString('base64'))).toBe(cert);
});

test('the certificate, the endpoints and their bindings are read from metadata with any prefix', () => {
  const bare = cert.replace(/-----[A-Z ]+-----/g, '');
  const read = optionsOfMetadata(
    `<md:EntityDescriptor><md:SingleLogoutService Binding="urn:b:out" Location="https://idp.example.invalid/out"/>
     <md:SingleSignOnService Binding="urn:b:in" Location="https://idp.example.invalid/in"/>
     <ds:X509Certificate>\n${bare}\n</ds:X509Certificate></md:EntityDescriptor>`,
  );
  expect(read).toEqual({
    cert: pemAround(bare),
    signingCert: Buffer.from(pemAround(bare)).toString('base64'),
    signInEndpoint: 'https://idp.example.invalid/in',
    signOutEndpoint: 'https://idp.example.invalid/out',
    bindingMethod: 'urn:b:in',
  });
  expect(factsOfCertificate(pemAround(bare))).toEqual(factsOfCertificate(cert));
});
