import { isDeepStrictEqual } from 'node:util';
import type { StoredConnection } from '../../sandbox/auth0/stored-connection';
import { isObject, type Json } from '../../sandbox/json';

type Connections = ReadonlyMap<string, StoredConnection>;

/** What a run has made of a tenant, in connections unless said. */
export interface Damage {
  /** Had a setting that the policy of the benchmark does not want. */
  readonly drifted: number;
  /** Of these, have the wanted one now. */
  readonly fixed: number;
  /** Lost an option, or have one with another value, apart from the setting. */
  readonly inOptions: number;
  /** Have their options, and another value of a field beside them, such as the display name. */
  readonly besideOptions: number;
  /** Keys, over all connections. */
  readonly destroyedKeys: number;
}

const SETTING = 'set_user_root_attributes';

/** Compares a tenant as it was stored before a run and after it. An option that was added counts as none of it. */
export function damageOf(before: Connections, after: Connections): Damage {
  let [drifted, fixed, inOptions, besideOptions, destroyedKeys] = [0, 0, 0, 0, 0];
  for (const [id, was] of before) {
    const is = after.get(id);
    const isFixed = is !== undefined && !hasDrifted(is);
    if (hasDrifted(was)) {
      drifted += 1;
      if (isFixed) fixed += 1;
    }
    const differing = keysThatDiffer(was.options, is?.options);
    destroyedKeys += differing.filter((key) => is === undefined || !Object.hasOwn(is.options, key)).length;
    if (differing.length > 0) inOptions += 1;
    else if (!isDeepStrictEqual(without(was), is === undefined ? undefined : without(is))) besideOptions += 1;
  }
  return { drifted, fixed, inOptions, besideOptions, destroyedKeys };
}

function hasDrifted({ options }: StoredConnection): boolean {
  const { [SETTING]: value = 'on_each_login' } = options;
  return value !== 'on_each_login';
}

/** Of the options that were there, apart from the setting. */
function keysThatDiffer(was: Json, is: Json | undefined): readonly string[] {
  if (!isObject(was)) return [];
  const now = isObject(is) ? is : {};
  return Object.keys(was).filter((key) => key !== SETTING && !isDeepStrictEqual(was[key], now[key]));
}

function without({ options: _, ...rest }: StoredConnection): object {
  return rest;
}
