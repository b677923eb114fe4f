import net from 'node:net';
import tls from 'node:tls';
import type { ResolvedTarget } from '../../target';
import type { CheckLine } from './check-line';

const CONNECT_TIMEOUT_MS = 10_000;

/** Whether the domain answers, and over TLS with a certificate that is trusted here. */
export function checkReach({ address }: ResolvedTarget): Promise<CheckLine> {
  const { protocol, hostname, port } = new URL(address.origin);
  const secure = protocol === 'https:';
  const where = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (secure ? 443 : 80)) };
  return new Promise((resolve) => {
    // An address is no server name (RFC 6066, section 3).
    const servername = net.isIP(where.host) === 0 ? where.host : '';
    const socket = secure ? tls.connect({ ...where, servername }) : net.connect(where);
    const end = (status: CheckLine['status'], text: string) => {
      socket.destroy();
      resolve({ status, subject: 'domain', text: `${address.host} ${text}` });
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end('fail', 'does not answer; check the domain and the network'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.name;
      const remedy = /CERT|TLS|SELF_SIGNED|UNABLE_TO/.test(code)
        ? 'a private authority goes into NODE_EXTRA_CA_CERTS'
        : 'check the domain and the network';
      end('fail', `cannot be reached (${code}); ${remedy}`);
    });
    socket.on(secure ? 'secureConnect' : 'connect', () =>
      end('ok', secure ? 'answers over TLS' : 'answers on this machine, without TLS'),
    );
  });
}
