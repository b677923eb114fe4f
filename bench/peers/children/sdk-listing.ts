import type { Management, ManagementClient } from 'auth0';
import type { Seen } from './answer-parent';

/** The fields of a connection that a check of the setting keeps. */
export interface Listed {
  readonly id: string;
  readonly hasOptions: boolean;
  readonly hasDrifted: boolean;
}

const WANTED = 'on_each_login';

/** Reads all pages like the README of the SDK: https://github.com/auth0/node-auth0#pagination */
export async function listAll(
  client: ManagementClient,
  request: Management.ListConnectionsQueryParameters,
): Promise<readonly Listed[]> {
  let page = await client.connections.list(request);
  const listed = page.data.map(look);
  while (page.hasNextPage()) {
    page = await page.getNextPage();
    for (const connection of page.data) listed.push(look(connection));
  }
  return listed;
}

/** A missing setting means the default, which is the expected value of the policy of this benchmark. */
function look({ id = '', options }: Management.ConnectionForList): Listed {
  const value: unknown = options?.set_user_root_attributes ?? WANTED;
  return { id, hasOptions: options !== undefined, hasDrifted: value !== WANTED };
}

export function seenIn(listed: readonly Listed[], failures: readonly unknown[] = []): Seen {
  const withoutOptions = new Set(listed.filter(({ hasOptions }) => !hasOptions).map(({ id }) => id)).size;
  return {
    isComplete: failures.length === 0,
    listed: new Set(listed.map(({ id }) => id)).size,
    withoutOptions,
    note:
      failures.length === 0
        ? ''
        : `${failures.length} repairs failed, the first with ${String(failures[0]).replaceAll(/\s+/g, ' ').slice(0, 80)}`,
  };
}

/** Runs the work for each element, a number at a time. A failure does not stop the other elements. Returns the failures. */
export async function forEach<T>(
  items: readonly T[],
  { atOnce }: { readonly atOnce: number },
  work: (item: T) => Promise<void>,
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failures;
}
