import { randomUUID } from 'node:crypto';
import type { Person } from '../lambda/run/people/personal-change';
import { newRunId } from '../lambda/run-id';
import type { OpenHistory } from './open-history';
import type { ResolvedTarget } from './target';
import type { Terminal } from './terminal';

/** The operator, the environment and the tenant of a change, for its record and the next alert. */
export async function describePerson(
  {
    target,
    opened,
    reason,
  }: { readonly target: ResolvedTarget; readonly opened: OpenHistory; readonly reason: string | undefined },
  { now, whoAmI }: Terminal,
): Promise<Person> {
  return {
    runId: newRunId(now(), randomUUID()),
    environment: target.environment,
    tenant: target.canonicalHost,
    by: await whoAmI(opened.isShared ? target.aws : undefined),
    reason: reason === undefined ? null : reason.slice(0, 300),
    quarantine: target.quarantine,
  };
}
