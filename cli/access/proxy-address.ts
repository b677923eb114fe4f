import { isIP } from 'node:net';

/** A proxy as HTTPS_PROXY names it. Never printed: the address can contain a password. */
export interface ProxyAddress {
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
  /** The value of the header Proxy-Authorization. */
  readonly authorization: string | undefined;
  /** Whether NO_PROXY names this host; then it is reached directly. */
  readonly isBypassed: (host: string, port: number) => boolean;
}

export type ReadProxyAddress =
  | { readonly ok: true; readonly proxy: ProxyAddress | undefined }
  | { readonly ok: false; readonly problem: string };

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads HTTPS_PROXY and NO_PROXY. As with curl, the lowercase names take precedence. Quotes nothing of the values. */
export function readProxyAddress(variables: Variables): ReadProxyAddress {
  const name = variables.https_proxy ? 'https_proxy' : 'HTTPS_PROXY';
  const text = variables[name]?.trim() ?? '';
  if (text === '') return { ok: true, proxy: undefined };
  const url = parseUrl(text);
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    return { ok: false, problem: `${name}: expected http://HOST:PORT or https://HOST:PORT` };
  }
  const user = decode(url.username);
  const password = decode(url.password);
  if (user === undefined || password === undefined) {
    return { ok: false, problem: `${name}: expected percent-encoded user and password` };
  }
  const isSecure = url.protocol === 'https:';
  const proxy = {
    isSecure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 443 : 80)),
    authorization:
      url.username === '' ? undefined : `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`,
    isBypassed: createBypass(variables.no_proxy || variables.NO_PROXY || ''),
  };
  return { ok: true, proxy };
}

function parseUrl(text: string): URL | undefined {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(written) ? new URL(written) : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Names separated by commas or spaces. Each name is a host and its subdomains, with or without a leading dot, optionally
 * with a port. The name `*` is every host (https://everything.curl.dev/usingcurl/proxies/env.html).
 */
function createBypass(list: string): ProxyAddress['isBypassed'] {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  if (entries.includes('*')) return () => true;
  const rules = entries.map((entry) => {
    const [, name = entry, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    return { name: bare(name.replace(/^\*?\./, '')), port: port === undefined ? undefined : Number(port) };
  });
  return (host, port) => {
    const asked = bare(host.toLowerCase());
    return rules.some(
      (rule) =>
        rule.name !== '' &&
        (asked === rule.name || (isIP(asked) === 0 && asked.endsWith(`.${rule.name}`))) &&
        (rule.port === undefined || rule.port === port),
    );
  };
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}
