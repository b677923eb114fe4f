import type { Environment } from '../../lib/environment/environment';
import type { Asked } from '../command-options';
import { sentence } from '../sentence';
import type { FoundStack } from './stack';

/** `--history local` */
export const LOCAL = 'local';
export const LOCAL_HISTORY = `--history ${LOCAL}`;

/** Where a command keeps its history, and what is to be said of it. */
export interface HistoryPlace {
  /** As `--history` has it; `undefined`: the local folder. */
  readonly place: string | undefined;
  /** What a person has to know before the result, a sentence each. */
  readonly notes: readonly string[];
  /** Why the command must not go on. */
  readonly problems: readonly string[];
}

interface Known {
  readonly asked: Asked;
  readonly environment: Environment;
  /** Of another tenant, nothing of the environment applies. */
  readonly isOfEnvironment: boolean;
  readonly found: FoundStack | undefined;
}

/** `needs`: of a command that only `reads`, a history of one's own is enough; where it `writes`, only if it was asked for. */
export function placeHistory(known: Known, needs: 'none' | 'reads' | 'writes'): HistoryPlace {
  const { asked, isOfEnvironment } = known;
  const given = asked.history;
  if (given !== undefined) {
    const notes = isOfEnvironment ? warnOfOwn(given, known, needs) : [];
    return { place: given === LOCAL ? undefined : given, notes, problems: [] };
  }
  const nothing = { place: undefined, notes: [], problems: [] };
  return needs === 'none' || !isOfEnvironment ? nothing : findPlace(known, needs);
}

/** A command that writes with a local history says so where it asks. */
function warnOfOwn(given: string, { environment, found }: Known, needs: 'none' | 'reads' | 'writes'): string[] {
  const { name } = environment;
  if (!given.startsWith('s3://')) {
    return needs === 'reads'
      ? [`With --history ${given}, what earlier runs of ${name} saw, repaired and held is not known.`]
      : [];
  }
  const own = found?.kind === 'deployed' ? found.stack.history : undefined;
  if (needs !== 'writes' || given.replace(/\/$/, '') === own) return [];
  return [
    `The history ${given} is not known to be that of environment ${name}: lease and holds of ${name} do not bind there.`,
  ];
}

/** The environment's own, lease and holds with it. */
function findPlace({ found }: Known, needs: 'reads' | 'writes'): HistoryPlace {
  const history = found?.kind === 'deployed' ? found.stack.history : undefined;
  if (history !== undefined || found === undefined) {
    return { place: history, notes: [], problems: [] };
  }
  const text = found.kind === 'deployed' ? `stack ${found.stack.name} names no history bucket` : found.text;
  const problem = `${text}. History, lease, holds and kill switch of the environment are not known then; to go on without them, give ${LOCAL_HISTORY}`;
  const note =
    found.kind === 'not_deployed'
      ? `${sentence(text)} The history is a folder on this machine.`
      : `${sentence(text)} The environment's history is not used: what earlier runs saw, repaired and held is not known.`;
  return {
    place: undefined,
    notes: needs === 'reads' ? [note] : [],
    problems: needs === 'writes' ? [problem] : [],
  };
}
