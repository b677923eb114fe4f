import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runCommandLine } from '../../cli/command-line';
import { SERVICE } from '../../lambda/contract';
import type { Environment } from '../../lib/environment/environment';
import { filesOf } from '../../lib/environment/environment-file';
import { REMEDIATION_SCOPES } from '../../sandbox/auth0/access';
import { type Sandbox, type SandboxOptions, start } from '../../sandbox/auth0/server';
import type { JsonObject } from '../../sandbox/json';
import { generate } from '../../sandbox/seeds';
import { makeFolder, whenDone } from '../history/stores';
import { sampleEnvironment } from '../lib/environment/sample-environment';
import { contextOf } from './command-context';
import { recordTerminal } from './recorded-terminal';

export interface CommandLineOptions {
  readonly sandbox?: SandboxOptions;
  readonly environment?: Partial<Environment>;
  /** The canonical domain of the tenant. The address of the sandbox is then the custom domain in the environment. */
  readonly canonicalDomain?: string;
  /** The sandbox is the tenant of the environment, so the command line looks for its stack. */
  readonly isOfEnvironment?: boolean;
}

/** The answers of an operator. Without an answer, the command line cannot ask. */
export interface RunOptions {
  readonly answer?: boolean;
  readonly isTerminal?: boolean;
  readonly hasColours?: boolean;
  /** The lines that an operator types, in order. If absent, the command line cannot ask for a line. */
  readonly typed?: readonly string[];
  /** The text on stdin. */
  readonly input?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly clock?: { readonly now: () => number; readonly sleep: (milliseconds: number) => Promise<void> };
  /** Files that cannot be written; `true` means all files. */
  readonly cannotWriteFiles?: boolean | readonly string[];
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly asked: readonly string[];
  readonly told: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}

/** A tenant, a history in a separate folder, and a command line. */
export interface CommandLine {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** Runs a line as `bin/audit.ts` does, on this tenant, with a separate history. */
  run(line: string, runOptions?: RunOptions): Promise<Ended>;
  /** The setting of every connection that has the setting, by id. */
  settings(): Readonly<Record<string, unknown>>;
  stored(): ReadonlyMap<string, JsonObject>;
  writes(): number;
}

export const CAPS = { maxChanges: 10, maxPercent: 50 };

/** Opens a tenant in which four of twenty connections have drifted. `closeStores` closes it. */
export async function openCommandLine(options: CommandLineOptions = {}): Promise<CommandLine> {
  const sandbox = await start({
    port: 0,
    rateLimit: 'off',
    seed: generate(20, { driftPercent: 20 }),
    scopes: REMEDIATION_SCOPES,
    ...(options.canonicalDomain === undefined ? {} : { canonicalDomain: options.canonicalDomain }),
    ...options.sandbox,
  });
  whenDone(() => sandbox.stop());
  const folder = makeFolder();
  const { canonicalDomain } = options;
  const own = { domain: `127.0.0.1:${sandbox.port}` };
  const custom = canonicalDomain === undefined ? {} : { ...own, canonicalDomain };
  const environments = filesOf([
    {
      ...sampleEnvironment,
      ...(options.isOfEnvironment === true ? own : custom),
      ...(options.environment ?? { caps: CAPS }),
    },
  ]);

  async function run(line: string, runOptions: RunOptions = {}): Promise<Ended> {
    const { client_id: AUTH0_CLIENT_ID, client_secret: AUTH0_CLIENT_SECRET } = sandbox.credentials;
    const variables = { XDG_STATE_HOME: folder, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, ...runOptions.variables };
    // The custom domain belongs to the environment. Without --history, the command line would look for the stack.
    const words = canonicalDomain === undefined || line.includes('--history') ? line : `${line} --history local`;
    const recorded = recordTerminal(variables, {
      isTerminal: runOptions.isTerminal ?? false,
      hasColours: runOptions.hasColours ?? false,
    });
    const asked: string[] = [];
    const { answer, typed, input = '' } = runOptions;
    const lines = [...(typed ?? [])];
    const terminal = {
      ...recorded,
      ...runOptions.clock,
      writeFile: (file: string, text: string) => {
        const { cannotWriteFiles = false } = runOptions;
        if (cannotWriteFiles === true || (cannotWriteFiles !== false && cannotWriteFiles.includes(file)))
          failToWrite(file);
        recorded.writeFile(file, text);
      },
      ask:
        typed === undefined
          ? undefined
          : async (question: string, { isHidden }: { readonly isHidden: boolean }) => {
              asked.push(isHidden ? `${question}*` : question);
              return lines.shift();
            },
      readInput: async () => input,
      confirm:
        answer === undefined
          ? undefined
          : async (question: string) => {
              asked.push(question);
              return answer;
            },
    };
    return {
      code: await runCommandLine(fillIn(words, sandbox.domain), contextOf(environments, terminal)),
      stdout: recorded.printed(),
      stderr: recorded.noted(),
      asked,
      told: recorded.told,
      files: recorded.files,
    };
  }

  return {
    sandbox,
    folder,
    run,
    settings: () =>
      Object.fromEntries(
        [...sandbox.tenant.connections.values()].flatMap(({ id, options: { set_user_root_attributes: value } }) =>
          value === undefined ? [] : [[id, value]],
        ),
      ),
    stored: () => structuredClone(sandbox.tenant.connections),
    writes: () => sandbox.requests.filter(({ method }) => method === 'PATCH').length,
  };
}

/** The arguments of a line, with a tenant if the line names none. Lint reads no tenant. */
function fillIn(line: string, domain: string): readonly string[] {
  const words = line.split(' ').filter((word) => word !== '');
  if (words[0] === 'lint') return words;
  const tenant = { '--environment': 'sample', '--domain': domain };
  return [...Object.entries(tenant).flatMap((option) => (words.includes(option[0]) ? [] : option)), ...words];
}

function failToWrite(file: string): void {
  throw new Error(`ENOENT: no such file or directory, open '${file}'`);
}

/** The length of the longest line of the output, without lines of paths, which stay whole so that an operator can copy them. */
export function widest({ stdout, stderr }: Ended): number {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => !/^(Record|Page|Policy|History): /.test(line));
  return Math.max(...lines.map((line) => Array.from(line).length));
}

/** The folder with the history of the tenant. */
export function homeOf({ folder, sandbox }: CommandLine, history = path.join(folder, SERVICE)): string {
  return path.join(history, encodeURIComponent(`127.0.0.1:${sandbox.port}`));
}

/** The content of a file of the history. */
export function readHistory(cli: CommandLine, file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(homeOf(cli), file), 'utf8'));
}

/** The run records in a folder, without the pages next to the records. */
export function recordsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json'));
}
