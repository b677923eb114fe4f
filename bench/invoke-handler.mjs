import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { peakMemory } from './peak-memory.mjs';

// Invokes the bundled function the given number of times in one process, like the Lambda runtime in one container. After each
// invocation it sends its parent the result, the CPU time and the peak memory so far.
const [, , invocations = '1'] = process.argv;
const { handler } = await import(pathToFileURL(join(process.env.LAMBDA_TASK_ROOT, 'index.mjs')).href);
for (let count = 1; count <= Number(invocations); count += 1) {
  const before = process.cpuUsage();
  const end = Date.now() + 15 * 60_000;
  const returned = await handler(
    {},
    {
      awsRequestId: `${String(count).padStart(8, '0')}-0000-4000-8000-000000000000`,
      functionName: 'bench-auditor',
      getRemainingTimeInMillis: () => end - Date.now(),
    },
  );
  const { user, system } = process.cpuUsage(before);
  const invoked = { returned, cpuSeconds: (user + system) / 1e6, peakMb: peakMemory() / 1024 ** 2 };
  await new Promise((sent) => process.send(invoked, sent));
}
process.disconnect();
