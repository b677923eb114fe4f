import { randomUUID } from 'node:crypto';
import type { Report } from '../lambda/audit/report';
import { runAudit } from '../lambda/audit/run-audit';
import { writeJsonReport } from '../lambda/report/json-report';
import { writeTable } from '../lambda/report/table';
import { newRunId } from '../lambda/run-id';
import type { Format } from './arguments';
import { openTenant } from './open-tenant';
import type { ResolvedTarget } from './target';
import type { Terminal } from './terminal';

/** 0 nothing remains, 1 findings without an exemption remain, 2 not complete or something could not be judged. */
export type ExitCode = 0 | 1 | 2;

/** Audits the tenant and shows the report. */
export async function auditCommand(
  target: ResolvedTarget,
  { format, output }: { format: Format; output: string | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const { tenant } = openTenant(target, terminal);
  const { progress } = terminal;
  const run = {
    runId: newRunId(terminal.now(), randomUUID()),
    environment: target.environment,
    tenant: target.address.host,
    mode: target.mode,
    policy: target.policy,
  };
  const report = await runAudit(run, {
    tenant,
    now: terminal.now,
    ...(progress === undefined ? {} : { progress: (listed: number) => progress(`${listed} connections judged`) }),
  });
  progress?.('');

  const text =
    format === 'json' ? writeJsonReport(report) : writeTable(report, output === undefined ? terminal.columns : 80);
  if (output === undefined) terminal.print(text.trimEnd());
  else terminal.writeFile(output, text);
  return exitCodeOf(report);
}

export function exitCodeOf({ complete, summary, findings }: Report): ExitCode {
  if (!complete || summary.indeterminate > 0) return 2;
  return findings.some(({ exemption }) => exemption === null) ? 1 : 0;
}
