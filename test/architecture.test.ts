import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PEERS } from '../build/package/bundles.mjs';
import { COMMANDS } from '../cli/commands/commands';
import { STRATEGY_NAMES } from '../lambda/connection/strategies';
import manifest from '../package.json';
import { COMPUTED, readFacts, type SourceFacts } from './source-facts';

const ROOT = path.join(__dirname, '..');
const FOLDERS = [
  'bin',
  'cli',
  'demo',
  'environments',
  'lib',
  'lambda',
  'reference',
  'sandbox',
  'simulation',
  'bench',
  'test',
];

/**
 * The allowed imports. `from` and the patterns are globs of files without their extension, or of packages: `*` is any
 * run of characters except slashes, `**` is any text. The last rule whose `from` matches a file applies, so an
 * exception comes after the rule that it limits. `types` are allowed as type imports only.
 */
interface ImportRule {
  readonly from: string;
  readonly may: readonly string[];
  readonly types?: readonly string[];
}

/** The folders of the core. Each imports the folders before it, `contract.ts` and `run-id.ts`. */
const ORDER = ['connection', 'policy', 'judge', 'history', 'repair', 'run'];
const CORE = `lambda/{${ORDER.join()}}/*`;
/** The allowed imports of a file in one of these folders. */
const upTo = (folder: string): string[] => [
  ...ORDER.slice(0, ORDER.indexOf(folder) + 1).map((earlier) => `lambda/${earlier}/*`),
  'lambda/{contract,run-id}',
];

/** The tables of the core that words and formats read. */
const FACTS_OF_CORE = [
  'lambda/connection/{strategies,tables}',
  'lambda/judge/{finding,outcome}',
  'lambda/policy/days',
  'lambda/contract',
];

const IMPORTS: readonly ImportRule[] = [
  // Entry points.
  { from: 'bin/*', may: ['sandbox/**', 'node:**'] },
  { from: 'bin/simulate', may: ['simulation/simulate', 'node:**'] },
  // It prints the problems of the linter with the texts of the command line.
  {
    from: 'bin/app',
    may: ['lib/**', 'lambda/report/words/problems', 'aws-cdk-lib', 'cdk-nag', 'node:**'],
  },
  { from: 'bin/{start,picture}', may: ['demo/*', 'node:**'] },
  { from: 'bin/sandbox', may: ['demo/showcase-tenant', 'lambda/report/commands/command', 'sandbox/**', 'node:**'] },
  { from: 'bin/audit', may: ['cli/program/run-program', 'lib/environment/environment-file', 'node:**'] },
  {
    from: 'bin/installed',
    may: ['cli/{environments/starter,program/run-program}', 'lib/environment/import-environments', 'node:**', COMPUTED],
  },
  // The demonstration: nights of the deployed handler, without any file that a user edits.
  {
    from: 'demo/*',
    may: [
      'demo/*',
      'lambda/{contract,deployment,handler,settings,time-plan}',
      'lambda/report/**',
      'sandbox/**',
      'node:**',
    ],
    types: [CORE],
  },
  { from: 'demo/chromium', may: ['node:fs', 'puppeteer-core'] },
  { from: 'bin/reference', may: ['reference/generated', 'node:**'] },
  { from: 'cli/**', may: ['cli/**', 'lambda/**', 'lib/environment/*', 'package.json', 'node:**', '@aws-sdk/*'] },
  // A new app uses the versions that are tested here.
  {
    from: 'cli/setup/{app-files,manifest}',
    may: ['lambda/report/commands/*', 'lib/environment/import-environments', 'package.json'],
  },
  { from: 'cli/option', may: ['lambda/connection/range', 'lambda/policy/nearest'] },
  // Generated documents, from the tables of everything else.
  { from: 'reference/*', may: ['reference/**', 'cli/**', 'lambda/**', 'lib/environment/problem', 'zod', 'node:**'] },
  // The minimum cost of a run, by the bound that the benchmarks measure against.
  {
    from: 'reference/scale/*',
    may: [
      'reference/scale/*',
      'reference/markdown',
      'bench/bound',
      'sandbox/auth0/rate-limit',
      'lambda/{metrics,time-plan,settings}',
      'lambda/connection/tables',
      'lambda/report/machine/message-head',
      'lib/environment/schema',
    ],
  },
  // Files that a user edits.
  { from: 'environments/**', may: ['environments/**'], types: ['lib/environment/environment', 'lambda/policy/policy'] },
  // The infrastructure.
  {
    from: 'lib/**',
    may: [
      'lib/**',
      'lambda/{contract,metrics,tenant-address,settings,deployment}',
      'lambda/report/commands/*',
      'lambda/report/words/places',
      'lambda/policy/problem',
      'aws-cdk-lib',
      'aws-cdk-lib/*',
      'constructs',
      'cdk-nag',
      'node:**',
    ],
    types: [CORE],
  },
  {
    from: 'lib/environment/*',
    may: [
      'lib/environment/*',
      'lambda/{contract,tenant-address,time-zone}',
      'lambda/policy/{lint,placeholders,problem,shape}',
      'node:util',
    ],
    types: [CORE],
  },
  // The schema of an environment is made from the same parts as settings and policy.
  {
    from: 'lib/environment/{schema,chat-schema,tags-schema}',
    may: ['lib/environment/*', 'lambda/{settings,tenant-address}', 'lambda/policy/{schema,schema-parts}', 'zod'],
  },
  {
    from: 'lib/environment/with-defaults',
    may: ['lib/environment/*', 'lambda/settings', 'lambda/policy/{problem,shape}'],
  },
  // They load the files that a user writes.
  { from: 'lib/environment/import-environments', may: ['lib/environment/*', 'node:**'] },
  {
    from: 'lib/environment/environment-file',
    may: ['lib/environment/*', 'lambda/policy/nearest', 'node:**', COMPUTED],
  },
  { from: 'lib/environment/environment', may: [], types: [CORE, 'lambda/contract', 'lib/environment/schedule'] },
  // The function.
  { from: 'lambda/{contract,metrics}', may: [] },
  { from: 'lambda/run-id', may: [] },
  { from: 'lambda/{tenant-address,proxy-error,time-zone}', may: [] },
  { from: 'lambda/fingerprint', may: ['node:crypto'] },
  { from: 'lambda/setting-ranges', may: [], types: ['lambda/connection/range'] },
  { from: 'lambda/settings', may: ['lambda/{contract,setting-ranges,tenant-address,time-zone}', CORE, 'zod'] },
  {
    from: 'lambda/deployment',
    may: ['lambda/{contract,fingerprint,settings,connection/once}', 'lambda/policy/{parse,problem,schema}', 'zod'],
    types: ['lambda/policy/policy'],
  },
  { from: 'lambda/handler', may: ['lambda/**', 'node:**'] },
  { from: 'lambda/container', may: ['lambda/**', 'node:**', '@aws-sdk/*'] },
  {
    from: 'lambda/reporting',
    may: [
      'lambda/{announce,aws/subscribers,contract,log-lines,measure,metrics,word-alert,report/html/page}',
      'lambda/connection/tables',
      '@aws-lambda-powertools/*',
      '@aws-sdk/client-sns',
    ],
    types: [CORE, 'lambda/{deployment,watch}'],
  },
  {
    from: 'lambda/announce',
    may: [
      'lambda/{tenant-address,word-alert,aws/*,report/**}',
      'lambda/judge/report',
      'lambda/connection/sequence',
      '@aws-sdk/client-sns',
    ],
    types: [CORE, 'lambda/deployment'],
  },
  {
    from: 'lambda/word-alert',
    may: ['lambda/{tenant-address,report/*,report/commands/*}', 'lambda/judge/report'],
    types: [CORE, 'lambda/deployment'],
  },
  { from: 'lambda/{time-plan,steady-clock}', may: [] },
  // The log and the metrics of a run: facts of its report.
  {
    from: 'lambda/{log-lines,measure}',
    may: ['lambda/{contract,metrics}', CORE],
    types: ['lambda/auth0/transport'],
  },
  { from: 'lambda/watch', may: [CORE] },
  ...ORDER.map((folder) => ({ from: `lambda/${folder}/*`, may: upTo(folder) })),
  // Manual changes: undo, release, unlock, an accepted empty listing.
  { from: 'lambda/run/people/*', may: [...upTo('run'), 'lambda/run/people/*'] },
  { from: 'lambda/policy/{conditions,schema,schema-parts,shape}', may: [...upTo('policy'), 'zod'] },
  { from: 'lambda/history/{parse-*,value-schemas,versioned}', may: [...upTo('history'), 'zod'] },
  // A report as it is in its record, for commands that write it again.
  {
    from: 'lambda/history/report/*',
    may: ['lambda/history/{report/*,carried,value-schemas,versioned}', ...upTo('judge'), 'zod'],
    types: ['lambda/policy/policy'],
  },
  // Each record contains the version that wrote it, and each policy is kept under its fingerprint.
  { from: 'lambda/history/format', may: [...upTo('history'), 'package.json'] },
  { from: 'lambda/history/keep', may: [...upTo('history'), 'lambda/fingerprint'] },
  // The credentials for Auth0, for the client and for the code that reads them.
  { from: 'lambda/credentials/*', may: ['lambda/credentials/*', 'node:crypto'] },
  { from: 'lambda/credentials/assertion', may: ['lambda/credentials/*', 'jose/jwt/sign', 'node:crypto'] },
  { from: 'lambda/auth0/*', may: ['lambda/auth0/*', ...upTo('connection'), 'package.json', 'node:**'] },
  { from: 'lambda/auth0/token', may: ['lambda/auth0/*', 'lambda/credentials/*'] },
  { from: 'lambda/auth0/advice', may: [...upTo('connection'), 'lambda/proxy-error'] },
  {
    from: 'lambda/auth0/{request,transport}',
    may: ['lambda/auth0/*', ...upTo('connection'), 'package.json', 'axios', 'node:**'],
  },
  { from: 'lambda/auth0/{parsed,wire-*}', may: ['lambda/auth0/*', ...upTo('connection'), 'zod'] },
  { from: 'lambda/aws/*', may: ['lambda/aws/*', ...upTo('connection'), 'lambda/history/store', '@aws-sdk/*'] },
  { from: 'lambda/aws/time-limit', may: ['lambda/proxy-error'] },
  {
    from: 'lambda/aws/{secret,parse-secret}',
    may: ['lambda/aws/*', ...upTo('connection'), 'lambda/{tenant-address,credentials/*}', '@aws-sdk/*', 'zod'],
  },
  { from: 'lambda/report/*', may: ['lambda/report/**'], types: [CORE] },
  { from: 'lambda/report/text/*', may: ['lambda/report/text/*', 'lambda/connection/escape-character'] },
  {
    from: 'lambda/report/words/*',
    may: ['lambda/report/{words,text}/*', ...FACTS_OF_CORE, 'lambda/judge/{change,evaluate,notice,repair,report}'],
    types: [CORE],
  },
  // The result in one line, with the texts of `words/`.
  {
    from: 'lambda/report/headline/*',
    may: ['lambda/report/{headline,words}/*', ...FACTS_OF_CORE, 'lambda/judge/{change,evaluate,notice,repair,report}'],
    types: [CORE],
  },
  // Every printed command. Mail, chat, page, terminal and stack import it.
  { from: 'lambda/report/commands/*', may: ['lambda/report/commands/*', 'lambda/contract'] },
  // The folders of the formats import the words, and never each other.
  ...['mail', 'chat', 'html', 'machine'].map((reader) => ({
    from: `lambda/report/${reader}/*`,
    may: [`lambda/report/{headline,words,text,commands,${reader}}/*`, ...FACTS_OF_CORE],
    types: [CORE],
  })),
  {
    from: 'lambda/report/machine/*',
    may: ['lambda/report/{words,text,machine}/*', ...FACTS_OF_CORE, 'lambda/connection/sequence'],
    types: [CORE],
  },
  // Code that is never deployed. An emulator that shares code with the auditor would share its mistakes.
  { from: 'sandbox/**', may: ['sandbox/**', 'node:**'] },
  // The core through its ports, with models in place of everything outside the core.
  {
    from: 'simulation/*',
    may: [
      'simulation/*',
      CORE,
      'lambda/run/people/*',
      'lambda/{fingerprint,run-id,steady-clock}',
      'lambda/auth0/wire-connection',
      'lambda/report/headline/headline',
    ],
  },
  { from: 'bench/*', may: ['bench/*', 'lambda/**', 'sandbox/**', 'lib/environment/schema', 'node:**'] },
  // The reference for the start time of the function shares only the packages with it.
  { from: 'bench/import-yardstick', may: ['@aws-sdk/*', 'axios'] },
  // It has separate packages, which only the programs that it starts load.
  {
    from: 'bench/peers/*',
    may: ['bench/bound', 'bench/peers/*', 'sandbox/**', 'node:**'],
    types: ['bench/peers/children/answer-parent'],
  },
  { from: 'bench/peers/build-programs', may: ['esbuild', 'node:**'] },
  {
    from: 'bench/peers/children/*',
    may: ['bench/peers/children/*', 'bench/peak-memory.mjs', 'node:**'],
    types: ['bench/peers/subjects'],
  },
  {
    from: 'bench/peers/children/auditor',
    may: ['bench/peers/children/*', 'bench/measured-tenant', 'lambda/steady-clock', 'node:**'],
  },
  { from: 'bench/peers/children/{documentation,sdk,sdk-listing}', may: ['bench/peers/children/*', 'auth0'] },
  { from: 'bench/peers/children/deploy-cli', may: ['bench/peers/children/*', 'auth0-deploy-cli', 'node:**'] },
  { from: 'test/**', may: ['**'] },
];

/** Rules on the content of source files. */
interface FactRule {
  readonly rule: string;
  readonly within: string;
  readonly holdsFor: (facts: SourceFacts) => boolean;
  readonly except: readonly string[];
}

const FACTS: readonly FactRule[] = [
  {
    rule: 'only entry points read process.env',
    within: '{bin,cli,demo,environments,lib,lambda,reference,sandbox,bench}/**',
    holdsFor: ({ readsProcessEnv }) => !readsProcessEnv,
    except: ['bin/*', 'lambda/handler'],
  },
  {
    rule: 'only entry points and the client read the clock',
    within: '{cli,environments,lib,lambda}/**',
    holdsFor: ({ readsClock }) => !readsClock,
    // The age of a lock file comes from the file system, by the clock of the machine.
    except: ['lambda/{handler,container}', 'lambda/auth0/*', 'cli/folder-store'],
  },
  {
    rule: 'only files of the core that use a port are asynchronous',
    within: CORE,
    holdsFor: ({ waits }) => !waits,
    except: [
      'lambda/repair/{remediate,repair-all,carry-out,write,gate,may-write,other-writers,undo}',
      'lambda/run/{run-audit,access,judge-all,prove-listing,former-runs,settle,attribute,close-run}',
      'lambda/run/{take-over,earlier-runs,subscribers,write-switch}',
      'lambda/run/people/*',
      'lambda/history/{memory,keep,former-folder,lease,claim-event}',
    ],
  },
  {
    rule: 'words and formats are not asynchronous',
    within: 'lambda/report/**',
    holdsFor: ({ waits }) => !waits,
    except: [],
  },
  {
    rule: 'only the strategy table contains the names of strategies',
    within: 'lambda/**',
    holdsFor: ({ texts }) => !STRATEGY_NAMES.some((name) => isUnmistakable(name) && texts.has(name)),
    except: ['lambda/connection/strategies'],
  },
];

/** `custom`, `email` or `line` can be a word with another meaning. */
function isUnmistakable(name: string): boolean {
  return !['auth0', 'box', 'custom', 'email', 'exact', 'ip', 'line', 'shop', 'sms'].includes(name);
}

/** The packages of function, command line and library. An additional package needs a reason. */
const BUNDLED: readonly string[] = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-sdk/client-cloudformation',
  '@aws-sdk/client-cloudwatch',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-secrets-manager',
  '@aws-sdk/client-securityhub',
  '@aws-sdk/client-sns',
  '@aws-sdk/client-ssm',
  '@aws-sdk/client-sts',
  'axios',
  'jose',
  'zod',
];

const BANNED_NAMES = /(^|\/)(utils?|helpers?|types?|common|shared|misc|index|managers?|services?|processors?)(\/|$)/;

interface Source {
  /** Without its extension. */
  readonly file: string;
  readonly facts: SourceFacts;
}

const sources: readonly Source[] = FOLDERS.flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
    .map((file) => ({ file: withoutEnding(file), facts: readFacts(readFileSync(path.join(ROOT, file), 'utf8')) })),
);

/** Each import of a file that no rule allows, or that is allowed only as a type. */
function importProblems({ file, facts }: Source, rules = IMPORTS): string[] {
  const rule = rules.findLast(({ from }) => matches(from, file));
  if (rule === undefined) return [`${file}: no rule defines what it is allowed to import`];
  return facts.imports.flatMap(({ specifier, isTypeOnly }) => {
    const target = resolve(file, specifier);
    const allowed = [...rule.may, ...(isTypeOnly ? (rule.types ?? []) : [])];
    return allowed.some((pattern) => matches(pattern, target)) ? [] : [`${file} imports ${target}`];
  });
}

/** All files and packages that are loaded with a file. */
function loadedBy(start: string, { onDemand }: { readonly onDemand: boolean }): ReadonlySet<string> {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const source = sources.find((other) => other.file === file);
    for (const { specifier, isTypeOnly, isOnDemand } of source?.facts.imports ?? []) {
      if (!isTypeOnly && (onDemand || !isOnDemand)) load(resolve(file, specifier));
    }
  };
  load(start);
  return loaded;
}

function factProblems({ file, facts }: Source, rules = FACTS): string[] {
  return rules.flatMap(({ rule, within, holdsFor, except }) => {
    const applies = matches(within, file) && !except.some((pattern) => matches(pattern, file));
    return applies && !holdsFor(facts) ? [`${file}: ${rule}`] : [];
  });
}

/** A relative specifier as a file of this repository, without its extension; any other specifier unchanged. */
function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const target = path.posix.join(path.posix.dirname(from), specifier);
  return existsSync(path.join(ROOT, target, 'index.ts')) ? `${target}/index` : withoutEnding(target);
}

function withoutEnding(file: string): string {
  return file.replace(/\.[jt]s$/, '');
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, choices: string) => `(${choices.replaceAll(',', '|')})`)
    .replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'));
  return new RegExp(`^${expression}$`).test(text);
}

describe('the architecture', () => {
  it.each(FOLDERS.filter((folder) => folder !== 'test'))(
    'the folder %s imports only what its rules allow',
    (folder) => {
      const ours = sources.filter(({ file }) => file.startsWith(`${folder}/`));
      expect(ours.flatMap((source) => importProblems(source))).toEqual([]);
    },
  );

  it.each(FACTS)('$rule', (rule) => {
    expect(sources.flatMap((source) => factProblems(source, [rule]))).toEqual([]);
  });

  it('no file imports an entry point in bin, and only tests import tests', () => {
    const found = sources.flatMap(({ file, facts }) =>
      facts.imports
        .map(({ specifier }) => resolve(file, specifier))
        .filter((target) => target.startsWith('bin/') || (target.startsWith('test/') && !file.startsWith('test/')))
        .map((target) => `${file} imports ${target}`),
    );
    expect(found).toEqual([]);
  });

  it('published code imports only bundled packages and peer dependencies', () => {
    const packages = new Set(
      sources
        .filter(({ file }) => /^(lambda|cli|lib)\//.test(file))
        .flatMap(({ facts }) => facts.imports.map(({ specifier }) => specifier))
        .filter((specifier) => !/^(\.|node:)/.test(specifier) && specifier !== COMPUTED)
        .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier),
    );
    expect([...packages].toSorted()).toEqual([...BUNDLED, ...PEERS].toSorted());
  });

  it('bundled packages are pinned and not dependencies of the package, and peers are the external packages', () => {
    const pinned: Readonly<Record<string, string>> = manifest.devDependencies;
    const loose = [...BUNDLED, ...PEERS].filter((name) => !/^\d+\.\d+\.\d+$/.test(pinned[name] ?? ''));
    expect(loose).toEqual([]);
    expect(Object.keys(manifest)).not.toContain('dependencies');
    expect(Object.keys(manifest.peerDependencies)).toEqual(PEERS);
    expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(PEERS);
  });

  it('the command line loads an environment without the CDK', () => {
    const loaded = loadedBy('bin/audit', { onDemand: true });
    expect([...loaded].filter((name) => /^(aws-cdk-lib|constructs|cdk-nag)/.test(name))).toEqual([]);
    expect(loaded.size).toBeGreaterThan(20);
  });

  it('the command line shows its usage without loading a package, and loads each command when it runs', () => {
    const atStart = [...loadedBy('bin/audit', { onDemand: false })];
    // The environments are loaded by name, when a command needs them.
    const known = new Set([COMPUTED, 'package.json', ...sources.map(({ file }) => file)]);
    expect(atStart.filter((name) => !known.has(name) && !name.startsWith('node:'))).toEqual([]);
    expect(atStart.filter((name) => name.startsWith('cli/actions/'))).toEqual([]);
    const atAll = loadedBy('bin/audit', { onDemand: true });
    expect(COMMANDS.filter(({ name }) => !atAll.has(`cli/actions/${name}`))).toEqual([]);
  });

  it('the handler loads nothing of the stack or of an environment', () => {
    const loaded = [...loadedBy('lambda/handler', { onDemand: true })];
    expect(loaded.filter((name) => /^(lib|environments|cli)\/|^(aws-cdk-lib|constructs)/.test(name))).toEqual([]);
    expect(loaded).toContain('lambda/deployment');
  });

  it('the handler loads on demand what it does not need before the first request to Auth0', () => {
    const needed = [
      '@aws-lambda-powertools/logger',
      '@aws-lambda-powertools/metrics',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-securityhub',
      '@aws-sdk/client-sns',
      '@aws-sdk/client-ssm',
      'jose/jwt/sign',
      'lambda/report/html/page',
      'lambda/report/machine/asff',
      'lambda/report/machine/messages',
      'lambda/word-alert',
    ];
    const atStart = loadedBy('lambda/handler', { onDemand: false });
    const atAll = loadedBy('lambda/handler', { onDemand: true });
    expect(needed.filter((name) => atStart.has(name))).toEqual([]);
    expect(needed.filter((name) => atAll.has(name))).toEqual(needed);
  });

  it('no file has a name without meaning', () => {
    expect(sources.map(({ file }) => file).filter((file) => BANNED_NAMES.test(file))).toEqual([]);
  });

  it('no folder contains more than 20 source files', () => {
    const counts = new Map<string, number>();
    for (const { file } of sources) counts.set(path.dirname(file), (counts.get(path.dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, files]) => files > 20)).toEqual([]);
  });

  it('each rule applies to at least one file', () => {
    const files = sources.map(({ file }) => file);
    const idle = IMPORTS.filter(({ from }) => !files.some((file) => matches(from, file))).map(({ from }) => from);
    const excused = FACTS.flatMap(({ except }) => except).filter(
      (pattern) => !files.some((file) => matches(pattern, file)),
    );
    expect([...idle, ...excused]).toEqual([]);
  });
});

describe('a violation of a rule', () => {
  const IMPORT_BITES: readonly { file: string; source: string; problem: string | undefined }[] = [
    { file: 'lambda/contract', source: "import './run-id';", problem: 'lambda/run-id' },
    { file: 'lambda/judge/evaluate', source: "import fs from 'node:fs';", problem: 'node:fs' },
    { file: 'lambda/judge/evaluate', source: "import * as z from 'zod';", problem: 'zod' },
    { file: 'lambda/judge/evaluate', source: "import type { T } from '../run/world';", problem: 'lambda/run/world' },
    { file: 'lambda/connection/scopes', source: "import '../policy/glob';", problem: 'lambda/policy/glob' },
    { file: 'lambda/run/run-audit', source: "import '../connection/scopes';", problem: undefined },
    {
      file: 'lambda/judge/evaluate',
      source: "import type { T } from '../auth0/token';",
      problem: 'lambda/auth0/token',
    },
    {
      file: 'lambda/judge/evaluate',
      source: "type T = import('../report/mail/subject').Mail;",
      problem: 'lambda/report/mail/subject',
    },
    { file: 'lambda/judge/evaluate', source: "export * from '../aws/topics';", problem: 'lambda/aws/topics' },
    { file: 'lambda/judge/evaluate', source: "export type { A } from '../aws/topics';", problem: 'lambda/aws/topics' },
    { file: 'lambda/judge/evaluate', source: "await import('../handler');", problem: 'lambda/handler' },
    { file: 'lambda/judge/evaluate', source: "const a = require('axios');", problem: 'axios' },
    { file: 'lambda/judge/evaluate', source: "import a = require('axios');", problem: 'axios' },
    { file: 'lambda/judge/evaluate', source: 'const a = require(name);', problem: '(computed)' },
    { file: 'lambda/judge/evaluate', source: 'const a = import(name);', problem: '(computed)' },
    { file: 'lambda/judge/evaluate', source: "// import './x';\nconst a = \"import 'axios'\";", problem: undefined },
    { file: 'lambda/auth0/tenant', source: "import { s } from '../aws/secret';", problem: 'lambda/aws/secret' },
    { file: 'lambda/auth0/tenant', source: "import axios from 'axios';", problem: 'axios' },
    { file: 'lambda/auth0/request', source: "import axios from 'axios';", problem: undefined },
    { file: 'lambda/auth0/request', source: "import 'jose/jwt/sign';", problem: 'jose/jwt/sign' },
    { file: 'lambda/container', source: "import '../cli/access/proxy';", problem: 'cli/access/proxy' },
    { file: 'lambda/aws/topics', source: "import '../auth0/token';", problem: 'lambda/auth0/token' },
    { file: 'lambda/aws/topics', source: "import 'zod';", problem: 'zod' },
    {
      file: 'lambda/report/mail/mail',
      source: "import { a } from '../../judge/evaluate';",
      problem: 'lambda/judge/evaluate',
    },
    { file: 'lambda/report/mail/mail', source: "import { type A } from '../../judge/evaluate';", problem: undefined },
    {
      file: 'lambda/report/mail/mail',
      source: "import { type A, b } from '../../judge/repair';",
      problem: 'lambda/judge/repair',
    },
    { file: 'lambda/report/text/json', source: "import '../words/run';", problem: 'lambda/report/words/run' },
    { file: 'lambda/report/words/run', source: "import '../mail/list';", problem: 'lambda/report/mail/list' },
    {
      file: 'lambda/report/chat/chat',
      source: "import type { T } from '../mail/run';",
      problem: 'lambda/report/mail/run',
    },
    { file: 'lambda/report/words/change', source: "import '../../judge/change';", problem: undefined },
    { file: 'lambda/time-plan', source: "import './contract';", problem: 'lambda/contract' },
    { file: 'lambda/report/html/page', source: "import '../words/run';", problem: undefined },
    { file: 'lambda/report/alert-message', source: "import './chat/chat';", problem: undefined },
    { file: 'sandbox/auth0/tenant', source: "import '../../lambda/contract';", problem: 'lambda/contract' },
    {
      file: 'sandbox/aws/secrets',
      source: "import '../../lib/environment/environment';",
      problem: 'lib/environment/environment',
    },
    { file: 'lib/environment/environment', source: "import { x } from 'aws-cdk-lib';", problem: 'aws-cdk-lib' },
    {
      file: 'lib/environment/schedule',
      source: "import { x } from '../../lambda/auth0/token';",
      problem: 'lambda/auth0/token',
    },
    { file: 'lib/environment/schema', source: "import * as z from 'zod';", problem: undefined },
    { file: 'lib/environment/lint', source: "import * as z from 'zod';", problem: 'zod' },
    { file: 'lib/environment/lint', source: "import '../../lambda/deployment';", problem: 'lambda/deployment' },
    { file: 'lib/monitoring/alarms', source: "import '../../lambda/policy/lint';", problem: 'lambda/policy/lint' },
    { file: 'cli/option', source: "import * as z from 'zod';", problem: 'zod' },
    { file: 'environments/dev', source: "import { x } from '../lambda/handler';", problem: 'lambda/handler' },
    { file: 'environments/dev', source: "import { e } from './policies/b2b';", problem: undefined },
    { file: 'bin/audit', source: "import '../lambda/handler';", problem: 'lambda/handler' },
    { file: 'cli/target', source: "import '../sandbox/auth0/server';", problem: 'sandbox/auth0/server' },
    { file: 'cli/target', source: "import '../bin/audit';", problem: 'bin/audit' },
    { file: 'bench/requests', source: "import '../test/source-facts';", problem: 'test/source-facts' },
  ];
  it.each(IMPORT_BITES)('the import rules judge $file with the source $source', ({ file, source, problem }) => {
    const expected = problem === undefined ? [] : [`${file} imports ${problem}`];
    expect(importProblems({ file, facts: readFacts(source) })).toEqual(expected);
  });

  it('a file in a new folder needs a rule', () => {
    expect(importProblems({ file: 'lambda/new-folder/a', facts: readFacts('') })).toEqual([
      'lambda/new-folder/a: no rule defines what it is allowed to import',
    ]);
  });

  const FACT_BITES: readonly { file: string; source: string; bites: boolean }[] = [
    { file: 'lambda/settings', source: 'const a = process.env.A;', bites: true },
    { file: 'lambda/settings', source: 'const { A } = process.env;', bites: true },
    { file: 'lambda/settings', source: '// process.env', bites: false },
    { file: 'lambda/handler', source: 'const a = process.env.A;', bites: false },
    { file: 'lambda/policy/days', source: 'const a = Date.now();', bites: true },
    { file: 'lambda/policy/days', source: 'const a = new Date();', bites: true },
    { file: 'lambda/policy/days', source: 'const a = new Date;', bites: true },
    { file: 'lambda/policy/days', source: 'const now = Date.now;', bites: true },
    { file: 'lambda/policy/days', source: 'const a = new Date(0);', bites: false },
    { file: 'lambda/judge/evaluate', source: 'async function a() {}', bites: true },
    { file: 'lambda/judge/evaluate', source: 'const a = async () => 1;', bites: true },
    { file: 'lambda/judge/evaluate', source: 'class A { async a() {} }', bites: true },
    { file: 'lambda/judge/evaluate', source: 'const a = { async *a() {} };', bites: true },
    { file: 'lambda/judge/evaluate', source: '// async\nconst a = "async";', bites: false },
    { file: 'lambda/run/run-audit', source: 'async function a() {}', bites: false },
    { file: 'lambda/report/mail/mail', source: 'async function a() {}', bites: true },
    { file: 'lambda/judge/evaluate', source: "if (strategy === 'samlp') run();", bites: true },
    { file: 'lambda/report/mail/mail', source: 'const a = { waad: 1 };', bites: true },
    { file: 'lambda/report/mail/mail', source: '// samlp', bites: false },
  ];
  it.each(FACT_BITES)('the content rules judge $file with the source $source', ({ file, source, bites }) => {
    expect(factProblems({ file, facts: readFacts(source) })).toHaveLength(bites ? 1 : 0);
  });

  it.each(['lib/utils', 'lambda/judge/types', 'lambda/helpers/a', 'lambda/common/a', 'sandbox/index'])(
    'the name %s is banned',
    (file) => {
      expect(BANNED_NAMES.test(file)).toBe(true);
    },
  );
});
