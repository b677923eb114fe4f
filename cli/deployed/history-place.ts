import type { Environment } from '../../lib/environment/environment';
import type { Asked } from '../command-options';
import { sentence } from '../sentence';
import type { FoundStack } from './stack';

/** `--history local` */
export const LOCAL = 'local';
export const LOCAL_HISTORY = `--history ${LOCAL}`;

/** The place where a command keeps its history, with notes and problems. */
export interface HistoryPlace {
  /** In the form of `--history`; `undefined`: the local folder. */
  readonly place: string | undefined;
  /** What the operator must know before the result, one sentence each. */
  readonly notes: readonly string[];
  /** Why the command must not continue. */
  readonly problems: readonly string[];
}

interface Known {
  readonly asked: Asked;
  readonly environment: Environment;
  /** If the tenant is another one, nothing of the environment applies. */
  readonly isOfEnvironment: boolean;
  readonly found: FoundStack | undefined;
}

/** `needs`: a command that only `reads` can use a local history; a command that `writes` only if `--history` names one. */
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

/** A command that writes with a local history shows this warning with its question instead. */
function warnOfOwn(given: string, { environment, found }: Known, needs: 'none' | 'reads' | 'writes'): string[] {
  const { name } = environment;
  if (!given.startsWith('s3://')) {
    return needs === 'reads'
      ? [`With --history ${given}, the findings, repairs and holds of earlier runs of ${name} are unknown.`]
      : [];
  }
  const own = found?.kind === 'deployed' ? found.stack.history : undefined;
  if (needs !== 'writes' || given.replace(/\/$/, '') === own) return [];
  return [
    `The history ${given} is not known as the history of environment ${name}: the lease and the holds of ${name} do not apply there.`,
  ];
}

/** The environment's own history, with its lease and holds. */
function findPlace({ found }: Known, needs: 'reads' | 'writes'): HistoryPlace {
  const history = found?.kind === 'deployed' ? found.stack.history : undefined;
  if (history !== undefined || found === undefined) {
    return { place: history, notes: [], problems: [] };
  }
  const text = found.kind === 'deployed' ? `stack ${found.stack.name} has no output with a history bucket` : found.text;
  const problem = `${text}. History, lease, holds and kill switch of the environment are therefore unknown; to continue without them, give ${LOCAL_HISTORY}`;
  const note =
    found.kind === 'not_deployed'
      ? `${sentence(text)} The history is a folder on this machine.`
      : `${sentence(text)} The environment's history is not used: the findings, repairs and holds of earlier runs are unknown.`;
  return {
    place: undefined,
    notes: needs === 'reads' ? [note] : [],
    problems: needs === 'writes' ? [problem] : [],
  };
}
