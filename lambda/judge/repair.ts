import type { Connection } from '../connection/connection';
import { canChangeLogin, type FillKey } from '../connection/fills';
import type { RootAttributes } from '../connection/setting';
import { type EchoedField, isKnownStrategy, strategyOf } from '../connection/strategies';
import type { ResolvedExpectation } from '../policy/expectation';
import type { Verdict } from './evaluate';

export interface ManualFacts {
  /** Any write could lose an option or be refused, regardless of the value. An undo does not write either. */
  readonly isHazard: boolean;
  /** The reason already states the effect on users, or the value could not be read. Messages add no effect. */
  readonly saysEffect: boolean;
}

/** Why a repair is manual. Reasons are public: `report/words/repair.ts` has the words. */
export const MANUAL_REASONS = {
  options_not_visible: { isHazard: true, saysEffect: true },
  undocumented_value: { isHazard: false, saysEffect: false },
  unknown_strategy: { isHazard: true, saysEffect: false },
  unproven_strategy: { isHazard: true, saysEffect: false },
  encrypted_configuration: { isHazard: true, saysEffect: false },
  both_password_schemes: { isHazard: true, saysEffect: false },
  attributes_conflict: { isHazard: true, saysEffect: false },
  masked_secret: { isHazard: true, saysEffect: false },
  no_repair_target: { isHazard: false, saysEffect: false },
  stops_user_creation: { isHazard: false, saysEffect: true },
  only_option: { isHazard: false, saysEffect: false },
  write_fills: { isHazard: false, saysEffect: false },
} as const satisfies Readonly<Record<string, ManualFacts>>;
export type ManualReason = keyof typeof MANUAL_REASONS;

/** A reason that applies to any write to the connection. */
export type Hazard = {
  [Reason in ManualReason]: (typeof MANUAL_REASONS)[Reason]['isHazard'] extends true ? Reason : never;
}[ManualReason];

/** The planned repair of a connection. The plan is a value; a separate call executes it. */
export type Repair = Write | Manual;

export type Write = (
  | { readonly action: 'set'; readonly to: RootAttributes }
  | { readonly action: 'remove'; readonly to: 'on_each_login' }
) & {
  /** Options that the connection lacks and that Auth0 fills in at the write. */
  readonly fills: readonly FillKey[];
  /** Fields in the write that no recorded write of this strategy contains, so it is unproven that Auth0 accepts them. */
  readonly unproven: readonly EchoedField[];
};

export type Manual =
  | { readonly action: 'manual'; readonly reason: Exclude<ManualReason, 'write_fills'> }
  | {
      readonly action: 'manual';
      readonly reason: 'write_fills';
      /** The options that Auth0 would fill in, and that the policy does not allow. */
      readonly keys: readonly FillKey[];
    };

export type Deviation = Extract<Verdict, { verdict: 'noncompliant' | 'indeterminate' }>;

/** Plans the repair of one deviation. A write that could lose an option or lock users out is manual. */
export function planRepair(connection: Connection, verdict: Deviation, expectation: ResolvedExpectation): Repair {
  if (verdict.code === 'UNDOCUMENTED_VALUE') return manual('undocumented_value');
  const hazard = hazardOf(connection);
  if (hazard !== undefined) return manual(hazard);
  const strategy = strategyOf(connection.strategy);

  // A correct value that is not explicit is written explicitly; nothing changes for users.
  const to = verdict.code === 'NOT_EXPLICIT' ? (verdict.effective ?? undefined) : expectation.repairTo;
  if (to === undefined) return manual('no_repair_target');
  // With `never_on_login`, Auth0 also does not create new users at login (Management API reference).
  if (to === 'never_on_login' && !expectation.allowsNeverOnLogin) return manual('stops_user_creation');
  const action = to === 'on_each_login' && strategy.onEachLoginBy === 'absence' ? 'remove' : 'set';
  const refused = whyNotWrite(connection, action, expectation);
  if (refused !== undefined) return refused;
  const plain = action === 'remove' ? PLAIN_REMOVAL : PLAIN_WRITES[to];
  const more = { fills: lacksOf(connection), unproven: unprovenIn(connection) };
  return more.fills.length + more.unproven.length === 0 ? plain : { ...plain, ...more };
}

/** Why this write is manual; `undefined` if the auditor is allowed to make it. */
export function whyNotWrite(
  connection: Connection,
  action: Write['action'],
  { allowedFills }: Pick<ResolvedExpectation, 'allowedFills'>,
): Manual | undefined {
  const isAlone = connection.options.visibility === 'visible' && connection.options.isAlone;
  if (action === 'remove' && isAlone) return manual('only_option');
  const keys = lacksOf(connection).filter((key) => canChangeLogin(key) && !allowedFills.includes(key));
  return keys.length === 0 ? undefined : { action: 'manual', reason: 'write_fills', keys };
}

/** Why a write of the options as they were read could lose an option or be refused; `undefined` if no reason is known. */
export function hazardOf({ strategy, options }: Connection): Hazard | undefined {
  if (options.visibility !== 'visible') return 'options_not_visible';
  if (!isKnownStrategy(strategy)) return 'unknown_strategy';
  if (!strategyOf(strategy).writable) return 'unproven_strategy';
  if (options.encryptedConfiguration) return 'encrypted_configuration';
  if (options.bothPasswordSchemes) return 'both_password_schemes';
  if (options.attributesConflict) return 'attributes_conflict';
  return options.maskedSecret ? 'masked_secret' : undefined;
}

/** Findings share these plans, because a large run keeps a plan for each finding. */
const PLAIN_REMOVAL: Write = { action: 'remove', to: 'on_each_login', fills: [], unproven: [] };
const PLAIN_WRITES: Readonly<Record<RootAttributes, Write>> = {
  on_each_login: { action: 'set', to: 'on_each_login', fills: [], unproven: [] },
  on_first_login: { action: 'set', to: 'on_first_login', fills: [], unproven: [] },
  never_on_login: { action: 'set', to: 'never_on_login', fills: [], unproven: [] },
};

function lacksOf({ options }: Connection): readonly FillKey[] {
  return options.visibility === 'visible' ? options.lacks : [];
}

function unprovenIn({ strategy, shown }: Connection): readonly EchoedField[] {
  const { echoed } = strategyOf(strategy);
  return shown.filter((field) => echoed[field] === 'documented');
}

function manual(reason: Exclude<ManualReason, 'write_fills'>): Manual {
  return { action: 'manual', reason };
}
