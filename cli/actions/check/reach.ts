import net from 'node:net';
import tls from 'node:tls';
import { ProxyError } from '../../../lambda/proxy-error';
import type { ResolvedTarget } from '../../target';
import type { CheckLine } from './check-line';

const CONNECT_TIMEOUT_MS = 10_000;

/** Whether the domain answers; over TLS, with a certificate that this machine trusts. */
export async function checkReach({ address, proxy }: ResolvedTarget): Promise<CheckLine> {
  const { protocol, hostname, port } = new URL(address.origin);
  const secure = protocol === 'https:';
  const where = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (secure ? 443 : 80)) };
  // An IP address is not a server name (RFC 6066, section 3).
  const servername = net.isIP(where.host) === 0 ? where.host : '';
  try {
    const tunnel = secure ? await proxy?.openTunnel(where.host, where.port) : undefined;
    const way = tunnel === undefined ? where : { host: where.host, socket: tunnel };
    const socket = secure ? tls.connect({ ...way, servername }) : net.connect(where);
    const { status, text } = await waitFor(socket, secure);
    const through = tunnel === undefined || status !== 'ok' ? '' : ', through the proxy in HTTPS_PROXY';
    return { status, subject: 'domain', text: `${address.host} ${text}${through}` };
  } catch (error) {
    if (!(error instanceof ProxyError)) throw error;
    return { status: 'fail', subject: 'domain', text: `${address.host} cannot be reached. ${error.message}` };
  }
}

function waitFor(socket: net.Socket, secure: boolean): Promise<Pick<CheckLine, 'status' | 'text'>> {
  return new Promise((resolve) => {
    const end = (status: CheckLine['status'], text: string) => {
      socket.destroy();
      resolve({ status, text });
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end('fail', 'does not answer; check the domain and the network'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.name;
      const remedy = /CERT|TLS|SELF_SIGNED|UNABLE_TO/.test(code)
        ? 'for a private certificate authority, set NODE_EXTRA_CA_CERTS'
        : 'check the domain and the network';
      end('fail', `cannot be reached (${code}); ${remedy}`);
    });
    socket.on(secure ? 'secureConnect' : 'connect', () =>
      end('ok', secure ? 'answers over TLS' : 'answers on this machine, without TLS'),
    );
  });
}
