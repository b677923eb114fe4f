import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { makeSelfSigned } from '../../sandbox/self-signed';
import { buildPrograms } from './build-programs';
import { type Limit, strike, type Timed, time } from './measure';
import type { Measured } from './measured';
import { drawPicture } from './picture';
import type { Bench } from './run-subject';
import type { SubjectId } from './subjects';
import { writeFaultTable, writeTable } from './table';

const LIMITS = ['enterprise', 'nonProduction'] as const satisfies readonly Limit[];
const SIZES = [1_000, 10_000];
const LISTS = ['sdk-default', 'sdk-100', 'auditor-report'] as const satisfies readonly SubjectId[];
const REPAIRS = [
  'page-printed',
  'page-steps',
  'sdk-loop',
  'sdk-ten',
  'auditor-remediate',
] as const satisfies readonly SubjectId[];

const README = path.join(__dirname, 'README.md');
const PICTURE = path.join(__dirname, 'peers.svg');

/** Measures, prints one table with its conditions, and writes table and picture into the documents. */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-peers-'));
  try {
    const programs = path.join(__dirname, 'dist');
    await buildPrograms(programs);
    const tls = makeSelfSigned();
    const certificateFile = path.join(folder, 'certificate.pem');
    writeFileSync(certificateFile, tls.cert);
    const measured = await measure({ programs, tls, certificateFile, folder });
    const table = writeTable(measured);
    const made = measured.made.map((line) => `- ${line}`).join('\n');
    const readme = [
      ['table', table],
      ['faults', writeFaultTable(measured)],
      ['machine', made],
    ].reduce((text, [name = '', block = '']) => exchange(text, name, block), readFileSync(README, 'utf8'));
    writeFileSync(README, readme);
    writeFileSync(PICTURE, drawPicture(measured));
    process.stdout.write(`${table}\n\n${made}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs four at the same time, because each of them mostly waits: listings and faults, the two exports, the repairs. */
async function measure(bench: Bench): Promise<Measured> {
  const [load = 0] = loadavg();
  const [[lists, struck], repairs, ...exports] = await Promise.all([
    timeAll(bench, LISTS, SIZES, LIMITS).then(async (timed) => [timed, await strikeAll(bench)] as const),
    timeAll(bench, REPAIRS, SIZES, LIMITS),
    // An export of 10,000 connections would take 40 minutes, or two hours with the smaller limit.
    ...LIMITS.map((limit) => timeAll(bench, ['deploy-cli'], [1_000], [limit])),
  ]);
  return { timed: [...lists, ...repairs, ...exports.flat()], ...struck, made: describeMachine(load) };
}

async function timeAll(
  bench: Bench,
  subjects: readonly SubjectId[],
  sizes: readonly number[],
  limits: readonly Limit[],
): Promise<Timed[]> {
  const timed: Timed[] = [];
  for (const connections of sizes) {
    for (const limit of limits) {
      for (const subject of subjects) {
        const run = await time(bench, { subject, limit, connections });
        process.stderr.write(`${subject}, ${limit}, ${connections}: ${run.seconds.toFixed(1)} s. ${run.note}\n`);
        timed.push(run);
      }
    }
  }
  return timed;
}

async function strikeAll(bench: Bench): Promise<Pick<Measured, 'struck' | 'struckAtFirst'>> {
  const hit = async (subject: SubjectId, hasHistory = false) => {
    const endings = await strike(bench, { subject, hasHistory });
    process.stderr.write(`${subject}: ${[...endings].map(([name, ending]) => `${name}: ${ending}`).join(', ')}\n`);
    return endings;
  };
  const [deployCli, standard, hundred, atFirst, later] = await Promise.all([
    hit('deploy-cli'),
    hit('sdk-default'),
    hit('sdk-100'),
    hit('auditor-report'),
    hit('auditor-report', true),
  ]);
  return {
    struck: { 'sdk-default': standard, 'sdk-100': hundred, 'deploy-cli': deployCli, auditor: later },
    struckAtFirst: atFirst,
  };
}

/** `load`: the load before the first run, because other work on the machine increases the times. */
function describeMachine(load: number): readonly string[] {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return [
    `Auditor ${versionIn('../..')}, \`auth0\` ${versionIn('node_modules/auth0')}, \`auth0-deploy-cli\` ${versionIn('node_modules/auth0-deploy-cli')} (with its own \`auth0\` ${versionIn('node_modules/auth0-deploy-cli/node_modules/auth0')})`,
    `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}, ${cpus().length} cores of ${processor?.model.trim() ?? 'unknown'}, ${memory} GB`,
    `${new Date().toISOString().slice(0, 10)}, one run for each row; load of the machine before them: ${load.toFixed(1)}`,
    'Emulated: the tenant with its rate limit, latency and faults, on loopback over TLS. Not emulated: the programs, their retries and their HTTP clients.',
  ];
}

function versionIn(folder: string): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(path.join(__dirname, folder, 'package.json'), 'utf8'),
  );
  return version;
}

/** Replaces the block between the marks with its name. */
function exchange(text: string, name: string, block: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the README has no ${open}`);
  return `${text.slice(0, from + open.length)}\n\n${block}\n\n${text.slice(to)}`;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
