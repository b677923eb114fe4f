import { ManagementClient } from 'auth0';
import { answerParent } from './answer-parent';
import { forEach, listAll, seenIn } from './sdk-listing';

const SETTING = { set_user_root_attributes: 'on_each_login' };

/**
 * The repair of the Auth0 page on the setting:
 * https://auth0.com/docs/manage-users/user-accounts/user-profiles/configure-connection-sync-with-auth0
 * Its examples in all languages send only the one setting as `options`. Its text asks to read the options first and to send
 * all of them. It does not describe a listing (here: the SDK) or a 429, so that nothing is repeated. An answer that is not a
 * success counts as a failure, which the printed commands do not check.
 */
answerParent(async ({ subject, domain, clientId, clientSecret }) => {
  const base = `https://${domain}`;

  return async () => {
    const { access_token: token } = await ask('POST', '/oauth/token', undefined, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      audience: `${base}/api/v2/`,
    });
    const listed = await listAll(new ManagementClient({ domain, token }), { take: 100 });
    const drifted = listed.filter(({ hasDrifted }) => hasDrifted);
    const failures = await forEach(drifted, { atOnce: 1 }, async ({ id }) => {
      const address = `/api/v2/connections/${id}`;
      const options = subject === 'page-printed' ? {} : (await ask('GET', address, token)).options;
      await ask('PATCH', address, token, { options: { ...options, ...SETTING } });
    });
    return seenIn(listed, failures);
  };

  async function ask(method: string, path: string, token: string | undefined, body?: object) {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status}`);
    const answer: { readonly access_token: string; readonly options?: object } = JSON.parse(await response.text());
    return answer;
  }
});
