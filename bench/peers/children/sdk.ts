import { ManagementClient } from 'auth0';
import { answerParent, type Seen } from './answer-parent';
import { forEach, listAll, seenIn } from './sdk-listing';

/** The `auth0` SDK with its own defaults: token, page size, two retries by the headers of the rate limit. */
answerParent(async ({ subject, domain, clientId, clientSecret }) => {
  const client = new ManagementClient({ domain, clientId, clientSecret });
  switch (subject) {
    case 'sdk-default':
      return async () => seenIn(await listAll(client, {}));
    case 'sdk-100':
      return async () => seenIn(await listAll(client, { take: 100 }));
    case 'sdk-loop':
      return () => repair(client, 1);
    case 'sdk-ten':
      return () => repair(client, 10);
    default:
      throw new Error(`${subject} does not use the SDK`);
  }
});

/** The merged update that the documentation of `update` asks for, because `update` replaces `options` completely. */
async function repair(client: ManagementClient, atOnce: number): Promise<Seen> {
  const listed = await listAll(client, { take: 100 });
  const drifted = listed.filter(({ hasDrifted }) => hasDrifted);
  const failures = await forEach(drifted, { atOnce }, async ({ id }) => {
    const { options } = await client.connections.get(id);
    await client.connections.update(id, { options: { ...options, set_user_root_attributes: 'on_each_login' } });
  });
  return seenIn(listed, failures);
}
