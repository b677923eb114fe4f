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
  /** The tenant's own domain: the sandbox is then the custom one that the environment names. */
  readonly canonicalDomain?: string;
  /** The sandbox is the environment's own tenant, whose stack is looked for. */
  readonly isOfEnvironment?: boolean;
}

/** How a person answers; without an answer nobody can be asked. */
export interface RunOptions {
  readonly answer?: boolean;
  readonly isTerminal?: boolean;
  readonly hasColours?: boolean;
  /** What a person types when a line is asked for, in order; absent: nobody can be asked. */
  readonly typed?: readonly string[];
  /** What is piped in. */
  readonly input?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly clock?: { readonly now: () => number; readonly sleep: (milliseconds: number) => Promise<void> };
  /** Files that cannot be written, or all. */
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

/** A tenant, a history in a folder of its own, and someone who types commands. */
export interface CommandLine {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** Runs a line as `bin/audit.ts` does, on this tenant, with a history of its own. */
  run(line: string, runOptions?: RunOptions): Promise<Ended>;
  /** The setting of every connection that has it, by id. */
  settings(): Readonly<Record<string, unknown>>;
  stored(): ReadonlyMap<string, JsonObject>;
  writes(): number;
}

export const CAPS = { maxChanges: 10, maxPercent: 50 };

/** Closed by `closeStores`. Four of its twenty connections have drifted. */
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
    // A custom domain is the environment's own: without it the stack would be looked for.
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

/** The words of a line, after a tenant where the line names none. Lint reads no tenant. */
function fillIn(line: string, domain: string): readonly string[] {
  const words = line.split(' ').filter((word) => word !== '');
  if (words[0] === 'lint') return words;
  const tenant = { '--environment': 'sample', '--domain': domain };
  return [...Object.entries(tenant).flatMap((option) => (words.includes(option[0]) ? [] : option)), ...words];
}

function failToWrite(file: string): void {
  throw new Error(`ENOENT: no such file or directory, open '${file}'`);
}

/** The longest line of what a person sees, but for paths, which stay whole so that they can be copied. */
export function widest({ stdout, stderr }: Ended): number {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => !/^(Record|Page|Policy|History): /.test(line));
  return Math.max(...lines.map((line) => Array.from(line).length));
}

/** Where the history of the tenant is kept. */
export function homeOf({ folder, sandbox }: CommandLine, history = path.join(folder, SERVICE)): string {
  return path.join(history, encodeURIComponent(`127.0.0.1:${sandbox.port}`));
}

/** What a file of the history holds. */
export function readHistory(cli: CommandLine, file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(homeOf(cli), file), 'utf8'));
}

/** The run records in a folder, without the pages that are kept beside them. */
export function recordsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json'));
}
