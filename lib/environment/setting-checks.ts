import { type Problem, policyProblem, show } from '../../lambda/policy/problem';

/** Looks at the value of one setting and says what is wrong with it. */
export type Check = (value: unknown, path: string) => readonly Problem[];

export function text(pattern: RegExp, allowed: string): Check {
  return (value, path) => (typeof value === 'string' && pattern.test(value) ? [] : [badValue(path, value, allowed)]);
}

export function oneOf(values: readonly unknown[]): Check {
  return (value, path) => (values.includes(value) ? [] : [badValue(path, value, values.join(', '))]);
}

export function wholeNumber(from: number, to: number): Check {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? []
      : [badValue(path, value, `a whole number from ${from} to ${to}`)];
}

export function optional(check: Check): Check {
  return (value, path) => (value === undefined ? [] : check(value, path));
}

/** An object whose keys are these, each with a value that its check accepts. */
export function objectOf(checks: Readonly<Record<string, Check>>): Check {
  const allowed = `an object with the keys ${Object.keys(checks).join(', ')}`;
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [badValue(path, value, allowed)];
    }
    const fields = fieldsOf(value);
    const pathOf = (key: string) => (path === '' ? key : `${path}.${key}`);
    return [
      ...Object.entries(checks).flatMap(([key, check]) => check(fields[key], pathOf(key))),
      ...Object.keys(fields)
        .filter((key) => !Object.hasOwn(checks, key))
        .map((key) => policyProblem('UNKNOWN_KEY', pathOf(key), { message: 'unknown key', found: show(key), allowed })),
    ];
  };
}

export function badValue(path: string, value: unknown, allowed: string): Problem {
  const message = value === undefined ? 'missing' : 'bad value';
  return policyProblem('BAD_VALUE', path, { message, found: show(value), allowed });
}

/** What a value holds, where it is an object; the files are not trusted to have been type-checked. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
