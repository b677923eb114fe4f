import { generateKeyPairSync } from 'node:crypto';

/** A key in the forms in which operators have keys. The key is made up and never used. */
export function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = (pem: string | Buffer) => pem.toString();
  return {
    pkcs8: text(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    pkcs1: text(privateKey.export({ type: 'pkcs1', format: 'pem' })),
    encrypted: text(
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'made-up-passphrase' }),
    ),
    publicPem: text(publicKey.export({ type: 'spki', format: 'pem' })),
    elliptic: text(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ),
    short: text(
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ),
  };
}
