import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyFetched, describeUnchecked, judgeAudit } from '../../build/signatures.mjs';
import { closeStores, makeFolder } from '../history/stores';

afterEach(closeStores);

const NPM = 'https://registry.npmjs.org/';
const FORGED = {
  code: 'EINTEGRITYSIGNATURE',
  name: 'forged',
  version: '1.0.0',
  registry: NPM,
  type: 'devDependencies',
};
const UNSIGNED = { name: 'unsigned', version: '2.0.0', registry: NPM, location: 'node_modules/unsigned' };
const failed = (error: object) => ({ status: 1, stdout: JSON.stringify({ error }) });
const answered = (status: number, answer: object) => ({ status, stdout: JSON.stringify(answer) });

interface Row {
  readonly claim: string;
  readonly ended: Parameters<typeof judgeAudit>[0];
  readonly result: ReturnType<typeof judgeAudit>['result'];
  readonly says: string;
}

/** Answers of npm 11.19. The answers about packages are from a registry on this machine that signed with a separate key. */
const ROWS: readonly Row[] = [
  { claim: 'that is valid', ended: answered(0, { invalid: [], missing: [] }), result: 'valid', says: '' },
  ...[
    {
      claim: 'that is wrong',
      ended: answered(1, { invalid: [FORGED], missing: [] }),
      says: 'forged@1.0.0: wrong (EINTEGRITYSIGNATURE)',
    },
    {
      claim: 'whose attestation is wrong',
      ended: answered(1, { invalid: [{ ...FORGED, code: 'EATTESTATIONVERIFY' }], missing: [] }),
      says: 'forged@1.0.0: wrong (EATTESTATIONVERIFY)',
    },
    {
      claim: 'that is missing at a registry that signs',
      ended: answered(1, { invalid: [], missing: [UNSIGNED] }),
      says: `unsigned@2.0.0: missing, although ${NPM} signs packages`,
    },
    {
      claim: 'that is wrong, together with a missing signature',
      ended: answered(1, { invalid: [FORGED], missing: [UNSIGNED] }),
      says: `forged@1.0.0: wrong (EINTEGRITYSIGNATURE)\nunsigned@2.0.0: missing, although ${NPM} signs packages`,
    },
    {
      claim: 'by an unknown key',
      ended: failed({ code: 'EMISSINGSIGNATUREKEY', summary: 'no key' }),
      says: 'EMISSINGSIGNATUREKEY: no key',
    },
    {
      claim: 'at a registry that signs nothing',
      ended: failed({ summary: 'found no dependencies to audit' }),
      says: 'found no dependencies to audit',
    },
    {
      claim: 'of a package that the registry does not know',
      ended: failed({ code: 'ETARGET', summary: 'No matching version' }),
      says: 'ETARGET: No matching version',
    },
    {
      claim: 'over a connection with an untrusted certificate',
      ended: failed({ code: 'SELF_SIGNED_CERT_IN_CHAIN', summary: 'self-signed certificate' }),
      says: 'SELF_SIGNED_CERT_IN_CHAIN: ',
    },
    {
      claim: 'over a connection that is not TLS',
      ended: failed({ code: 'ERR_SSL_WRONG_VERSION_NUMBER', summary: 'wrong version number' }),
      says: 'ERR_SSL_WRONG_VERSION_NUMBER: ',
    },
    {
      claim: 'for which npm prints nothing',
      ended: { status: 1, stdout: '' },
      says: 'npm exited with 1 and printed no readable result',
    },
    {
      claim: 'for which npm prints nothing and exits with 0',
      ended: { status: 0, stdout: '' },
      says: 'npm exited with 0 and printed no readable result',
    },
    {
      claim: 'for which npm prints null',
      ended: { status: 1, stdout: 'null' },
      says: 'npm exited with 1 and printed no readable result',
    },
    {
      claim: 'for which npm exits with 1 and names no package',
      ended: answered(1, { invalid: [], missing: [] }),
      says: 'npm exited with 1 and named no package',
    },
  ].map((row): Row => ({ ...row, result: 'refused' })),
  ...[
    {
      claim: 'from a registry whose name is not resolved',
      ended: failed({
        code: 'ENOTFOUND',
        summary: `request to ${NPM}-/npm/v1/keys failed, reason: getaddrinfo ENOTFOUND registry.npmjs.org`,
      }),
      says: 'npm could not reach the registry (ENOTFOUND registry.npmjs.org)',
    },
    {
      claim: 'with Sigstore keys whose host is not resolved',
      ended: failed({
        code: 'ENOTFOUND',
        summary:
          'request to https://tuf-repo-cdn.sigstore.dev/15.root.json failed, reason: getaddrinfo ENOTFOUND tuf-repo-cdn.sigstore.dev',
      }),
      says: 'npm could not reach the keys of Sigstore (ENOTFOUND tuf-repo-cdn.sigstore.dev)',
    },
    {
      claim: 'from a host on which no server listens',
      ended: failed({ code: 'ECONNREFUSED', summary: 'connect ECONNREFUSED' }),
      says: 'npm could not reach the registry or the keys of Sigstore (ECONNREFUSED connect ECONNREFUSED)',
    },
    {
      claim: 'over a connection that is reset',
      ended: failed({ code: 'ECONNRESET', summary: 'read ECONNRESET' }),
      says: '(ECONNRESET read ECONNRESET)',
    },
    {
      claim: 'through a proxy that ends the connection',
      ended: failed({ code: 'FETCH_ERROR', summary: 'Proxy connection ended' }),
      says: '(FETCH_ERROR Proxy connection ended)',
    },
    {
      claim: 'through a proxy that answers 503',
      ended: failed({ summary: 'Failed to download', detail: '' }),
      says: 'npm could not reach the registry or the keys of Sigstore (Failed to download)',
    },
    {
      claim: 'at a registry that is down',
      ended: failed({ code: 'E503', summary: '503 Service Unavailable' }),
      says: '(E503 503 Service Unavailable)',
    },
    {
      claim: 'without an answer before the time limit',
      ended: { status: null, stdout: '' },
      says: 'npm did not answer before the time limit',
    },
  ].map((row): Row => ({ ...row, result: 'unreachable' })),
];

test.each(ROWS)('the verdict on a signature $claim is: $result', ({ ended, result, says }) => {
  expect(judgeAudit(ended)).toEqual({ result, detail: expect.stringContaining(says) });
});

test.each([
  {
    place: 'a terminal',
    isOnGitHub: false,
    line: 'Not checked: a b. This is a warning; with --strict it is an error.',
  },
  {
    place: 'the page of a run at GitHub',
    isOnGitHub: true,
    line: "::warning title=Signatures::The registry's signatures were not checked: a b",
  },
])('unchecked signatures are reported in one line for $place', ({ isOnGitHub, line }) => {
  expect(describeUnchecked('a\n b', { isOnGitHub })).toBe(line);
});

test('a package inside the file of another package, and a package that is not installed, is not checked', () => {
  const root = makeFolder();
  const manifests = ['', 'node_modules/a', 'node_modules/a/node_modules/inside', 'node_modules/@b/c'];
  for (const place of manifests) {
    mkdirSync(path.join(root, place), { recursive: true });
    writeFileSync(path.join(root, place, 'package.json'), JSON.stringify({ name: place }));
  }
  const packages = Object.fromEntries([...manifests, 'node_modules/for-windows'].map((place) => [place, {}]));
  const inside = { 'node_modules/a/node_modules/inside': { inBundle: true } };
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { ...packages, ...inside } }));
  const folder = makeFolder();
  expect(copyFetched(root, folder)).toBe(2);
  const isCopied = [...manifests, 'node_modules/for-windows'].map((place) =>
    existsSync(path.join(folder, place, 'package.json')),
  );
  expect(isCopied).toEqual([true, true, false, true, false]);
});
