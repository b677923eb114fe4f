import type { Sealed } from '../connection/sealed';
import { strategyOf } from '../connection/strategies';
import { type FreshConnection, type Tenant, TenantFailure, type WriteAnswer } from '../connection/tenant';
import { differingKeys } from './compare';
import { membersOf } from './json-members';
import { applyChange, type Change } from './merge';

/** What a write came to. Keys are named, values never. */
export type Written =
  /** What reads back is what was meant. `rewritten` names keys that Auth0 itself changed, as it may. */
  | { readonly result: 'verified'; readonly windowMs: number; readonly rewritten: readonly string[] }
  /** The API refused: nothing was changed. Without an answer, the connection reads back as it was. */
  | {
      readonly result: 'not_written';
      readonly message: string;
      readonly isAnswered: boolean;
      readonly windowMs: number;
    }
  | { readonly result: 'turned_away'; readonly message: string }
  /** Something else differs, or nobody can say what was written. */
  | {
      readonly result: 'unverified';
      readonly windowMs: number;
      readonly message: string;
      readonly keys: readonly string[];
    };

/** Compares what came back with what was meant, and believes nothing else. */
export async function verifyWrite(
  tenant: Tenant,
  { fresh, change }: { readonly fresh: FreshConnection; readonly change: Change },
  { answer, windowMs }: { readonly answer: WriteAnswer; readonly windowMs: number },
): Promise<Written> {
  const meant = applyChange(fresh.sealed, change);
  switch (answer.kind) {
    case 'turned_away':
      return { result: 'turned_away', message: answer.message };
    case 'refused':
      return { result: 'not_written', message: answer.message, isAnswered: true, windowMs };
    case 'unknown':
      return judgeByReading(tenant, { fresh, meant, windowMs, message: answer.message });
    case 'answered':
      return showsOptions(answer.sealed)
        ? verify(fresh.connection.strategy, meant, answer.sealed, windowMs)
        : judgeByReading(tenant, { fresh, meant, windowMs, message: 'The answer to the write left the options out.' });
  }
}

function verify(strategy: string, meant: Sealed, found: Sealed, windowMs: number): Written {
  const allowed = mayBeRewritten(strategy, meant);
  const keys = differingKeys(meant, found, allowed);
  if (keys.length === 0) return { result: 'verified', windowMs, rewritten: differingKeys(meant, found, []) };
  const message = `After the write these differ from what was read before it: ${keys.join(', ')}.`;
  return { result: 'unverified', windowMs, message, keys };
}

/** What Auth0 itself may change in this connection at a write, by its strategy and by what its options hold. */
function mayBeRewritten(strategy: string, connection: Sealed): readonly string[] {
  const { rewritten = [], rewrittenWhere } = strategyOf(strategy);
  if (rewrittenWhere === undefined) return rewritten;
  const options = membersOf(connection.open()).findLast(({ key }) => key === 'options');
  const given = membersOf(options?.value ?? '{}').filter(({ value }) => value !== 'null' && value !== '""');
  return given.some(({ key }) => rewrittenWhere.includes(key)) ? rewritten : [];
}

interface Doubt {
  readonly fresh: FreshConnection;
  readonly meant: Sealed;
  readonly windowMs: number;
  readonly message: string;
}

const UNCHANGED = 'Reading it again shows no change so far.';

/** No answer that can be trusted: the PATCH is not sent again, the connection is read and judged by what is there. */
async function judgeByReading(tenant: Tenant, { fresh, meant, windowMs, message }: Doubt): Promise<Written> {
  const { id, strategy } = fresh.connection;
  const unclear = (why: string): Written => ({
    result: 'unverified',
    windowMs,
    message: `${message} ${why}`,
    keys: [],
  });
  try {
    const again = await tenant.readConnection(id);
    if (again === undefined) return unclear('Reading it again, the connection is gone.');
    if (!showsOptions(again.sealed)) return unclear('Reading it again shows no options.');
    const written = verify(strategy, meant, again.sealed, windowMs);
    if (written.result === 'verified') return written;
    const untouched = verify(strategy, fresh.sealed, again.sealed, windowMs);
    return untouched.result === 'verified'
      ? { result: 'not_written', message: `${message} ${UNCHANGED}`, isAnswered: false, windowMs }
      : written;
  } catch (error) {
    if (!(error instanceof TenantFailure)) throw error;
    return unclear(`It could not be read again: ${error.message}`);
  }
}

function showsOptions(sealed: Sealed): boolean {
  const value: { options?: unknown } | null = JSON.parse(sealed.open());
  return typeof value === 'object' && value !== null && typeof value.options === 'object' && value.options !== null;
}
