import { type Launcher, USUAL_LAUNCHER } from '../../contract';
import { toWord, type Word } from './command';

export type { Launcher };

/** The words with which the command line is started. */
export const LAUNCHERS = {
  repository: 'npm run audit --',
  package: 'npx auth0-connection-auditor',
} as const satisfies Readonly<Record<Launcher, string>>;

/**
 * What is known of where a command is to work. A command is printed only where all that it needs is known, so that it
 * runs as pasted, in a shell with nothing but AWS credentials.
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
  /** The name of its stack, where it is not the usual one. */
  readonly stack?: Word | undefined;
  readonly functionName?: Word | undefined;
  /** Options that name another tenant or other credentials than the environment's, as they were typed. */
  readonly typed?: readonly string[];
  /** The same of another history: not every command takes it. */
  readonly typedHistory?: string | undefined;
}

/** The name of an environment's stack, unless somebody gave it another. */
export function stackNameOf(environment: string): string {
  return `ConnectionAuditor-${environment}`;
}

/** What a report alone says: the environment, which the command line finds by its name. */
export function commandPlaceOf(
  { environment }: { readonly environment: string },
  launcher = USUAL_LAUNCHER,
): CommandPlace {
  return { environment: toWord(environment), launcher };
}
