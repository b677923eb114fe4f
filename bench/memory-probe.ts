import { type Address, auditTenant } from './measured-tenant';
import type { Peak } from './memory';

/** One audit in a process of its own, which tells its parent the most memory it had. */
async function main(tenant: Address): Promise<void> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('start it with --expose-gc');
  let used = 0;
  const sample = () => {
    gc();
    const { heapUsed, external } = process.memoryUsage();
    used = Math.max(used, heapUsed + external);
  };
  let pages = 0;
  const now = () => {
    // The transport asks for the time at each exchange: a moment when a page is still held.
    pages += 1;
    if (pages % 50 === 0) sample();
    return Date.now();
  };
  const report = await auditTenant(tenant, { now, sleep: async () => undefined, advance: () => undefined });
  sample();
  if (!report.complete) throw new Error(report.incomplete?.message);
  const peak: Peak = { used, resident: process.resourceUsage().maxRSS * 1024, findings: report.findings.length };
  process.send?.(peak);
}

const [, , tenant = ''] = process.argv;
main(JSON.parse(tenant)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
