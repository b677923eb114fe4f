import { canChangeLogin, type LoginKey } from '../connection/fills';
import type { Sealed } from '../connection/sealed';
import { strategyOf } from '../connection/strategies';
import { type FreshConnection, type Refusal, type Tenant, TenantFailure, type WriteAnswer } from '../connection/tenant';
import { differingKeys, NO_EXCUSES } from './compare';
import { membersOf } from './json-members';
import { applyChange, type Change } from './merge';

/** Nothing is written so far. */
interface NotWritten {
  readonly result: 'not_written';
  readonly message: string;
  /** The refusal of the API itself. `null`: whether the write will still be made is unknown. */
  readonly refusal: Pick<Refusal, 'words' | 'concerns'> | null;
  readonly windowMs: number;
}

/** The result of a write. Contains names of keys, never values. */
export type Written =
  /** The connection is as intended. `rewritten` names keys that Auth0 itself changed or filled in, which is allowed. */
  | { readonly result: 'verified'; readonly windowMs: number; readonly rewritten: readonly string[] }
  | NotWritten
  /** The API refused the write, and a second read shows that the connection is deleted. */
  | { readonly result: 'gone' }
  | { readonly result: 'turned_away'; readonly message: string; readonly isOwn: boolean }
  /** Something else differs, or what was written is unknown. */
  | {
      readonly result: 'unverified';
      readonly windowMs: number;
      readonly message: string;
      readonly keys: readonly string[];
    };

/** What was sent: the connection as read, the change, and the options that Auth0 is allowed to fill in. */
export interface Sent {
  readonly fresh: FreshConnection;
  readonly change: Change;
  readonly allowedFills: readonly LoginKey[];
}

/** Compares the connection after the write with the intended one. Nothing else counts as proof. */
export async function verifyWrite(
  tenant: Tenant,
  { fresh, change, allowedFills }: Sent,
  { answer, windowMs }: { readonly answer: WriteAnswer; readonly windowMs: number },
): Promise<Written> {
  const meant = applyChange(fresh.sealed, change);
  const attempt: Attempt = { fresh, meant, allowedFills, windowMs };
  switch (answer.kind) {
    case 'turned_away':
      return { result: 'turned_away', message: answer.message, isOwn: answer.isOwn };
    case 'refused':
      return judgeRefusal(tenant, attempt, answer);
    case 'unknown':
      return judgeByReading(tenant, { ...attempt, message: answer.message });
    case 'answered':
      return showsOptions(answer.sealed)
        ? judgeAnswer(tenant, attempt, answer.sealed)
        : judgeByReading(tenant, { ...attempt, message: 'The answer to the write did not contain options.' });
  }
}

/**
 * The answer can show differences that no later read shows, for example keys that were sent as null (recordings of line
 * and wordpress in terraform-provider-auth0). If the answer differs, the connection is read again before it counts.
 */
async function judgeAnswer(tenant: Tenant, attempt: Attempt, answer: Sealed): Promise<Written> {
  const written = verify(attempt.meant, answer, attempt);
  if (written.result === 'verified') return written;
  const again = await judgeByReading(tenant, { ...attempt, message: written.message });
  const isNews = again.result === 'verified' || (again.result === 'unverified' && again.keys.length > 0);
  return isNews ? again : written;
}

function verify(meant: Sealed, found: Sealed, { fresh, allowedFills, windowMs }: Attempt) {
  const { strategy, options } = fresh.connection;
  const { fills = {} } = strategyOf(strategy);
  // Only the options that the plan names. An option that changes the login must also be allowed.
  const lacks = options.visibility === 'visible' ? options.lacks : [];
  const filled = lacks.filter((key) => !canChangeLogin(key) || allowedFills.includes(key));
  const keys = differingKeys(meant, found, { rewritten: mayBeRewritten(strategy, meant), filled, fills });
  if (keys.length === 0)
    return { result: 'verified', windowMs, rewritten: differingKeys(meant, found, NO_EXCUSES) } as const;
  const message = `After the write, these fields are not as expected: ${keys.join(', ')}.`;
  return { result: 'unverified', windowMs, message, keys } as const;
}

/** The keys that changed since the fresh read, except keys that Auth0 rewrites. A filled option shows a write. */
function changedSince({ connection, sealed }: FreshConnection, found: Sealed): readonly string[] {
  return differingKeys(sealed, found, {
    rewritten: mayBeRewritten(connection.strategy, sealed),
    filled: [],
    fills: {},
  });
}

/** The keys that Auth0 itself can rewrite in this connection, by its strategy and by the values of its options. */
function mayBeRewritten(strategy: string, connection: Sealed): readonly string[] {
  const { rewritten = [], rewrittenWhere } = strategyOf(strategy);
  if (rewrittenWhere === undefined) return rewritten;
  const options = membersOf(connection.open()).findLast(({ key }) => key === 'options');
  const given = membersOf(options?.value ?? '{}').filter(({ value }) => value !== 'null' && value !== '""');
  return given.some(({ key }) => rewrittenWhere.includes(key)) ? rewritten : [];
}

interface Attempt {
  readonly fresh: FreshConnection;
  readonly meant: Sealed;
  readonly allowedFills: readonly LoginKey[];
  readonly windowMs: number;
}

interface Doubt extends Attempt {
  readonly message: string;
}

const UNCHANGED = 'A second read shows no change so far.';

/** The API refused the write. The refusal is accepted if a second read shows the connection unchanged. */
async function judgeRefusal(tenant: Tenant, attempt: Attempt, { message, words, concerns }: Refusal): Promise<Written> {
  const { fresh, windowMs } = attempt;
  const notWritten = (said: string, refusal: NotWritten['refusal']): NotWritten => ({
    result: 'not_written',
    message: said,
    refusal,
    windowMs,
  });
  const { found, failure } = await readAgain(tenant, fresh.connection.id);
  if (failure !== undefined) {
    const said = `${message} ${failure}`;
    // After a 400 or 403 of the API itself nothing was written, but it is not proven that the connection is the cause.
    // After any other refusal, it is unknown whether something was written.
    if (concerns === 'unknown') return notWritten(said, null);
    return notWritten(said, { words, concerns: concerns === 'tenant' ? 'tenant' : 'unknown' });
  }
  if (found === undefined) return { result: 'gone' };
  const keys = changedSince(fresh, found);
  if (keys.length === 0) return notWritten(`${message} Nothing was changed.`, { words, concerns });
  const changed = `But a second read shows a change: ${keys.join(', ')}.`;
  return { result: 'unverified', windowMs, message: `${message} ${changed}`, keys };
}

/** There is no reliable answer. The PATCH is not sent again; the connection is read again and compared. */
async function judgeByReading(tenant: Tenant, doubt: Doubt): Promise<Written> {
  const { fresh, meant, windowMs, message } = doubt;
  const { found, failure } = await readAgain(tenant, fresh.connection.id);
  if (found === undefined) {
    const why = failure ?? 'A second read shows that the connection is deleted.';
    return { result: 'unverified', windowMs, message: `${message} ${why}`, keys: [] };
  }
  const written = verify(meant, found, doubt);
  if (written.result === 'verified') return written;
  return changedSince(fresh, found).length === 0
    ? { result: 'not_written', message: `${message} ${UNCHANGED}`, refusal: null, windowMs }
    : written;
}

/** The current connection; `undefined` if it is deleted, or if it could not be read (`failure` is the reason). */
async function readAgain(
  tenant: Tenant,
  id: string,
): Promise<{ readonly found: Sealed | undefined; readonly failure?: string }> {
  try {
    const found = (await tenant.readConnection(id))?.sealed;
    if (found === undefined || showsOptions(found)) return { found };
    return { found: undefined, failure: 'A second read shows no options.' };
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return { found: undefined, failure: `The second read failed: ${error.message}` };
  }
}

function showsOptions(sealed: Sealed): boolean {
  const value: { options?: unknown } | null = JSON.parse(sealed.open());
  return typeof value === 'object' && value !== null && typeof value.options === 'object' && value.options !== null;
}
