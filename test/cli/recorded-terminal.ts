import { tmpdir } from 'node:os';
import path from 'node:path';
import { openProjectFolder } from '../../cli/setup/project-folder';
import type { Terminal } from '../../cli/terminal';

export interface RecordedTerminal extends Terminal {
  /** The whole output on stdout. */
  readonly printed: () => string;
  /** The notes on stderr. */
  readonly noted: () => string;
  /** Each text of progress, in order. */
  readonly told: readonly string[];
  /** Each text of a wait, in order. */
  readonly waits: readonly string[];
  readonly files: ReadonlyMap<string, string>;
  /** The message of a second signal; `undefined` if the command does not watch for interrupts. */
  readonly left: () => string | undefined;
}

export interface RecordOptions {
  readonly columns?: number;
  readonly isTerminal?: boolean;
  readonly hasColours?: boolean;
  /** Called each time the command checks for an interrupt, so that a test can interrupt at any step. Default: never interrupted. */
  readonly isInterrupted?: () => boolean;
  /** The folder of the project. Default: a folder that does not exist. */
  readonly project?: string;
}

const NOWHERE = path.join(tmpdir(), 'no-project-is-here');

/** A terminal that records all output of a command. */
export function recordTerminal(
  variables: Terminal['variables'],
  {
    columns = 80,
    isTerminal = false,
    hasColours = false,
    isInterrupted = () => false,
    project = NOWHERE,
  }: RecordOptions = {},
): RecordedTerminal {
  const lines: string[] = [];
  const notes: string[] = [];
  const told: string[] = [];
  const waits: string[] = [];
  const files = new Map<string, string>();
  let describeLeft: (() => string) | undefined;
  return {
    variables,
    print: (text) => lines.push(`${text}\n`),
    note: (text) => notes.push(`${text}\n`),
    progress: isTerminal ? (text) => told.push(text) : undefined,
    waiting: isTerminal ? (text) => waits.push(text) : undefined,
    confirm: undefined,
    ask: undefined,
    readInput: async () => '',
    watchInterrupts: (left) => {
      describeLeft = left;
      return isInterrupted;
    },
    whoAmI: async (aws) => (aws !== undefined ? 'arn:aws:sts::000000000000:assumed-role/Admin/ann' : 'ann on laptop'),
    columns,
    hasColours,
    writeFile: (file, text) => files.set(file, text),
    project: openProjectFolder(project),
    now: Date.now,
    sleep: async () => undefined,
    printed: () => lines.join(''),
    noted: () => notes.join(''),
    told,
    waits,
    files,
    left: () => describeLeft?.(),
  };
}
