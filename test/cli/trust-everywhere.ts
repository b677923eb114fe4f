import tls from 'node:tls';
import { whenDone } from '../history/stores';

/** Trusts an authority like NODE_EXTRA_CA_CERTS does for a process, because an environment is reached only over https. */
export function trustEverywhere(ca: string): void {
  const { createSecureContext } = tls;
  const trusting: typeof createSecureContext = (options) => createSecureContext({ ca, ...options });
  Object.assign(tls, { createSecureContext: trusting });
  whenDone(() => void Object.assign(tls, { createSecureContext }));
}
