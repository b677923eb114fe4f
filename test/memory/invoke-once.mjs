import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Invokes the bundled handler once, as Lambda's runtime does, and sends what it returned and the peak of its memory.
const { handler } = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, 'index.mjs')).href);
const end = Date.now() + 15 * 60_000;
const returned = await handler(
  {},
  {
    awsRequestId: '00000001-0000-4000-8000-000000000000',
    functionName: 'prod-auditor',
    getRemainingTimeInMillis: () => end - Date.now(),
  },
);
process.send({ returned, peakMb: peakKb() / 1024 }, () => process.disconnect());

/**
 * The most that was resident. Not `maxRSS` on Linux: a process inherits it from the one that started it, here a worker of
 * jest, which may have had more.
 */
function peakKb() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes);
}
