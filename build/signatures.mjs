// @ts-check
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The result of the check of the registry's signatures. `unreachable`: nothing was checked, and no problem of a package was found.
 *
 * @typedef {{ readonly result: 'valid' | 'unreachable' | 'refused', readonly detail: string }} Verdict
 */

/**
 * Copies the manifests of the packages that npm fetched from the registry. `npm audit signatures` reads nothing else of a
 * tree. A package inside the file of another package is signed with that file. The registry might not know such a package,
 * and the audit would then end with an error (https://github.com/npm/cli/issues/8559). Returns the number of packages.
 *
 * @param {string} root folder with `package.json`, `package-lock.json` and `node_modules`
 * @param {string} folder an empty one
 */
export function copyFetched(root, folder) {
  /** @type {{ readonly packages: Readonly<Record<string, { readonly inBundle?: boolean }>> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const fetched = Object.keys(packages)
    .filter((place) => packages[place]?.inBundle !== true)
    .map((place) => join(place, 'package.json'))
    // Optional packages for other systems are not installed.
    .filter((file) => existsSync(join(root, file)));
  for (const file of fetched) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  return fetched.length - 1; // the root is not a package
}

/**
 * The message if nothing was checked, in one line: an annotation for the page of a GitHub run, or text for a terminal
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-a-warning-message).
 *
 * @param {string} detail
 * @param {{ readonly isOnGitHub: boolean }} where
 */
export function describeUnchecked(detail, { isOnGitHub }) {
  const why = detail.replace(/\s+/g, ' ');
  return isOnGitHub
    ? `::warning title=Signatures::The registry's signatures were not checked: ${why}`
    : `Not checked: ${why}. This is a warning; with --strict it is an error.`;
}

/**
 * Reads the result of `npm audit signatures --json`. Its exit code is 1 for a wrong signature, for a missing signature, and
 * for every error that prevented the check.
 *
 * @param {{ readonly status: number | null, readonly stdout: string }} ended `status` is `null` if npm did not answer before the time limit
 * @returns {Verdict}
 */
export function judgeAudit({ status, stdout }) {
  if (status === null) return { result: 'unreachable', detail: 'npm did not answer before the time limit' };
  /** @type {Answer} */
  const { invalid, missing, error } = parse(stdout);
  if (error !== undefined) {
    const { code = '', summary = 'npm gave no reason' } = error;
    // There is no code if the host of the Sigstore keys, or a proxy, answers with an HTTP status other than 200.
    const isUnreachable = UNREACHABLE.has(code) || (code === '' && summary === 'Failed to download');
    return isUnreachable
      ? { result: 'unreachable', detail: describeUnreachable(code, summary) }
      : { result: 'refused', detail: [code, summary].filter(Boolean).join(': ') };
  }
  if (invalid === undefined || missing === undefined) {
    return { result: 'refused', detail: `npm exited with ${status} and printed no readable result` };
  }
  const wrong = [
    ...invalid.map(({ name, version, code }) => `${name}@${version}: wrong (${code})`),
    ...missing.map(({ name, version, registry }) => `${name}@${version}: missing, although ${registry} signs packages`),
  ];
  if (wrong.length > 0) return { result: 'refused', detail: wrong.join('\n') };
  return status === 0
    ? { result: 'valid', detail: '' }
    : { result: 'refused', detail: `npm exited with ${status} and named no package` };
}

/**
 * Names the host that did not answer. In addition to the registry, npm requests the provenance keys from Sigstore.
 *
 * @param {string} code
 * @param {string} summary
 */
function describeUnreachable(code, summary) {
  const host = /\bhttps?:\/\/([^/\s]+)/.exec(summary)?.[1];
  const keys = 'the keys of Sigstore';
  const named = host?.endsWith('.sigstore.dev') ? keys : 'the registry';
  const what = host === undefined ? `the registry or ${keys}` : named;
  return `npm could not reach ${what} (${[code, host ?? summary].filter(Boolean).join(' ')})`;
}

/**
 * @typedef {{ readonly name: string, readonly version: string }} Named
 * @typedef {object} Answer
 * @property {readonly (Named & { readonly code: string })[]} [invalid]
 * @property {readonly (Named & { readonly registry: string })[]} [missing]
 * @property {{ readonly code?: string, readonly summary?: string }} [error]
 */

/** Codes for no answer, or for an answer to try again later. A wrong certificate is not among them, because it can mean an intercepted connection. */
const UNREACHABLE = new Set([
  ...['EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT'],
  ...['ERR_SOCKET_TIMEOUT', 'FETCH_ERROR'],
  ...['E429', 'E500', 'E502', 'E503', 'E504'],
]);

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
