import { dayOf } from './days';
import type { Exemption } from './policy';
import { type Problem, policyProblem, show } from './problem';
import type { Pieces } from './schema';

/** What is wrong with the exemptions; without a day, none is called expired. */
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
        message: `the connections of ${first}`,
        found: show(id ?? name),
        allowed: 'one exemption for the same connections',
      }),
    ];
  }
  if (name === undefined || /[^*?]/.test(name)) return [];
  return [
    policyProblem('BROAD_EXEMPTION', `${path}.name`, {
      message: 'names any connection',
      found: show(name),
      allowed: 'the connections that may deviate; where all may, a rule says so',
    }),
  ];
}

function checkExpiry({ expires }: Exemption, path: string, today: number | undefined): Problem[] {
  if (today === undefined || dayOf(expires) >= today) return [];
  return [
    policyProblem('EXPIRED_EXEMPTION', `${path}.expires`, {
      message: 'expired; it exempts nothing',
      found: show(expires),
      allowed: 'a day that has not passed, or no exemption',
    }),
  ];
}
