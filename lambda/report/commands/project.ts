import type { Command } from './command';
import { type CommandPlace, stackNameOf } from './place';

// Commands to run in the project folder.

/** Installs the packages. */
export function installCommand(): Command {
  return { program: 'npm install', options: [] };
}

/** Prepares account and region of each stack. Needed only one time. */
export function bootstrapCommand(): Command {
  return { program: 'npx cdk bootstrap', options: [] };
}

/** Deploys an environment. */
export function deployCommand({ environment, stack }: CommandPlace): Command | undefined {
  if (environment === undefined) return undefined;
  return { program: `npx cdk deploy ${stack ?? stackNameOf(environment)}`, options: [] };
}
