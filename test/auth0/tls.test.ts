import { NoAnswerError } from '../../lambda/auth0/errors';
import { makeSelfSigned } from '../../sandbox/self-signed';
import { closeClients, failureOf, openClient } from './paced-client';

afterEach(closeClients);

it('a certificate that is not trusted ends the run without a retry, and the error contains the remedy', async () => {
  const { tenant, sandbox, clock } = await openClient({ sandbox: { tls: makeSelfSigned() } });
  const error = await failureOf(tenant.access());
  expect(error).toBeInstanceOf(NoAnswerError);
  expect(error.message).toBe(
    'Asking for a token: POST /oauth/token: no answer (DEPTH_ZERO_SELF_SIGNED_CERT). This machine does not trust the certificate. For a private authority, set NODE_EXTRA_CA_CERTS to its certificate file.',
  );
  expect(clock.slept).toEqual([]);
  expect(sandbox.requests).toEqual([]);
});

it('a server without TLS gives no answer to a client that expects TLS', async () => {
  const { sandbox, newRun } = await openClient();
  const { tenant } = newRun({ origin: sandbox.origin.replace('http:', 'https:') });
  expect(await failureOf(tenant.access())).toBeInstanceOf(NoAnswerError);
  expect(sandbox.requests).toEqual([]);
});
