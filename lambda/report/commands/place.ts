import { type Launcher, USUAL_LAUNCHER } from '../../contract';
import { toWord, type Word } from './command';

export type { Launcher };

/** The text that starts the command line. */
export const LAUNCHERS = {
  repository: 'npm run audit --',
  package: 'npx auth0-connection-auditor',
} as const satisfies Readonly<Record<Launcher, string>>;

/**
 * The known facts about the target of a command. A command is printed only if all facts that it needs are known, so that it
 * runs as pasted, in a shell that has only AWS credentials.
 */
export interface CommandPlace {
  /**
   * How the reader starts the command line.
   * @default USUAL_LAUNCHER
   */
  readonly launcher?: Launcher | undefined;
  readonly environment: Word | undefined;
  /** The AWS region of the environment's stack. */
  readonly region?: Word | undefined;
  /** The name of the environment's stack, if it is not the default name. */
  readonly stack?: Word | undefined;
  readonly functionName?: Word | undefined;
  /** Options, as typed, for another tenant or other credentials than those of the environment. */
  readonly typed?: readonly string[];
  /** The option, as typed, for another history: not every command accepts it. */
  readonly typedHistory?: string | undefined;
}

/** The default name of an environment's stack. */
export function stackNameOf(environment: string): string {
  return `ConnectionAuditor-${environment}`;
}

/** The place from a report alone: the environment's name, by which the command line finds the rest. */
export function commandPlaceOf(
  { environment }: { readonly environment: string },
  launcher = USUAL_LAUNCHER,
): CommandPlace {
  return { environment: toWord(environment), launcher };
}
