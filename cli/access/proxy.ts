import type { Agent } from 'node:https';
import type { Socket } from 'node:net';
import { readProxyAddress } from './proxy-address';
import { openTunnel, TunnelAgent } from './tunnel';

/** How the command line reaches https hosts if HTTPS_PROXY is set. The function always connects directly. */
export interface HttpsProxy {
  readonly agent: Agent;
  /** A tunnel to a host, or `undefined` if NO_PROXY names the host. */
  openTunnel(host: string, port: number): Promise<Socket> | undefined;
}

/** `undefined` if HTTPS_PROXY is not set or not valid. Adds a problem if it is not valid. */
export function chooseProxy(
  variables: Readonly<Record<string, string | undefined>>,
  problems: string[],
): HttpsProxy | undefined {
  const read = readProxyAddress(variables);
  if (!read.ok) problems.push(read.problem);
  if (!read.ok || read.proxy === undefined) return undefined;
  const { proxy } = read;
  return {
    agent: new TunnelAgent(proxy),
    openTunnel: (host, port) => (proxy.isBypassed(host, port) ? undefined : openTunnel(proxy, host, port)),
  };
}
