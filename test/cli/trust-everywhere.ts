import tls from 'node:tls';
import { whenDone } from '../history/stores';

/** As NODE_EXTRA_CA_CERTS does it for a process: an environment is reached over https alone. */
export function trustEverywhere(ca: string): void {
  const { createSecureContext } = tls;
  const trusting: typeof createSecureContext = (options) => createSecureContext({ ca, ...options });
  Object.assign(tls, { createSecureContext: trusting });
  whenDone(() => void Object.assign(tls, { createSecureContext }));
}
