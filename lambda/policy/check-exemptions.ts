import { dayOf } from './days';
import type { Exemption } from './policy';
import { type Problem, policyProblem, show } from './problem';
import type { Pieces } from './schema';

/** Checks the exemptions. Without a day, no exemption is reported as expired. */
export function checkExemptions(exemptions: Pieces['exemptions'], today: number | undefined): Problem[] {
  const firstWith = new Map<string, string>();
  return exemptions.flatMap(({ path, exemption }) => {
    if (exemption === undefined) return [];
    const target = exemption.id === undefined ? `name ${exemption.name}` : `id ${exemption.id}`;
    const first = firstWith.get(target);
    if (first === undefined) firstWith.set(target, path);
    return [...checkTarget(exemption, path, first), ...checkExpiry(exemption, path, today)];
  });
}

function checkTarget({ id, name }: Exemption, path: string, first: string | undefined): Problem[] {
  if (first !== undefined) {
    return [
      policyProblem('DUPLICATE_EXEMPTION', `${path}.${id === undefined ? 'name' : 'id'}`, {
        message: `${first} names the same connections`,
        found: show(id ?? name),
        allowed: 'only one exemption for these connections',
      }),
    ];
  }
  if (name === undefined || /[^*?]/.test(name)) return [];
  return [
    policyProblem('BROAD_EXEMPTION', `${path}.name`, {
      message: 'the name is only wildcards, so it can match any connection',
      found: show(name),
      allowed: 'a name for the connections that are allowed to deviate; for all connections, use a rule',
    }),
  ];
}

function checkExpiry({ expires }: Exemption, path: string, today: number | undefined): Problem[] {
  if (today === undefined || dayOf(expires) >= today) return [];
  return [
    policyProblem('EXPIRED_EXEMPTION', `${path}.expires`, {
      message: 'the exemption expired; it exempts no connection',
      found: show(expires),
      allowed: 'today or a later day; or remove the exemption',
    }),
  ];
}
