import { MEMORY_SIZE } from '../lib/environment/schema';
import { generate } from '../sandbox/seeds';
import { deployFunction } from './deployed-function';
import { heapOptions, type Invoked, invoke } from './invoke';

const SIZES = [1_000, 20_000, 100_000];
const DRIFT_PERCENT = [2, 40];
/** A first run, which reports everything, and two runs with its state. */
const RUNS = 3;
const WARM = { connections: 20_000, driftPercent: 40, runs: 50 };

/**
 * The peak memory and the CPU time of the bundled function in a separate process: with the limits that Lambda sets for the
 * smallest memory size, and without limits, with all memory of the machine.
 */
export async function benchFunction(): Promise<string> {
  const rows = [
    `the function, peak of ${RUNS} runs in one container in MB, CPU seconds of each run`,
    `  connections   findings   limited   ratio   without   ratio   CPU s`,
  ];
  const least = new Map<number, { readonly limited: number; readonly free: number }>();
  for (const connections of SIZES) {
    for (const driftPercent of DRIFT_PERCENT) {
      const limited = await measure({ connections, driftPercent, runs: RUNS }, heapOptions(MEMORY_SIZE.least));
      const free = await measure({ connections, driftPercent, runs: RUNS }, []);
      const peaks = { limited: peakOf(limited), free: peakOf(free) };
      if (connections === SIZES[0]) least.set(driftPercent, peaks);
      const first = least.get(driftPercent) ?? peaks;
      const findings = String((connections * driftPercent) / 100);
      const cpu = limited.map(({ cpuSeconds }) => cpuSeconds.toFixed(1)).join(' ');
      rows.push(
        `  ${String(connections).padStart(11)} ${findings.padStart(10)} ${column(peaks.limited, first.limited)} ${column(peaks.free, first.free)}   ${cpu}`,
      );
    }
  }
  const warm = await measure(WARM, heapOptions(MEMORY_SIZE.least));
  const after = [10, 30, WARM.runs].map((runs) => `${peakOf(warm.slice(0, runs)).toFixed(0)} MB after ${runs}`);
  rows.push(
    `  ${WARM.runs} runs of ${WARM.connections} connections with ${WARM.driftPercent} % findings: ${after.join(', ')}`,
  );
  return rows.join('\n');
}

interface Size {
  readonly connections: number;
  readonly driftPercent: number;
  readonly runs: number;
}

async function measure(
  { connections, driftPercent, runs }: Size,
  execArgv: readonly string[],
): Promise<readonly Invoked[]> {
  const deployed = await deployFunction({ seed: generate(connections, { driftPercent }) });
  try {
    const { invoked, code, printed } = await invoke(deployed, { times: runs, execArgv });
    if (invoked.length < runs) throw new Error(`the function ended with ${code}: ${printed.slice(-1_000)}`);
    return invoked;
  } finally {
    await deployed.close();
  }
}

function peakOf(invoked: readonly Invoked[]): number {
  return invoked.at(-1)?.peakMb ?? 0;
}

function column(peak: number, least: number): string {
  return `${peak.toFixed(0).padStart(9)} ${(peak / least).toFixed(2).padStart(7)}`;
}
