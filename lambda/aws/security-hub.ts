import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Sequence } from '../connection/sequence';
import { AWS_CALL_MS, adviceAfter, causeOf, inTime, TimeLimitError } from './time-limit';

/** A finding in the AWS Security Finding Format with read-only lists. */
export interface ImportableFinding
  extends Omit<AwsSecurityFinding, 'Types' | 'Severity' | 'FindingProviderFields' | 'Resources'> {
  readonly Types: readonly string[];
  readonly Severity: { readonly Label: string };
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: string };
    readonly Types: readonly string[];
  };
  readonly Resources: readonly {
    readonly Type: string;
    readonly Id: string;
    readonly Details: { readonly Other: Readonly<Record<string, string>> };
  }[];
}

/**
 * Security Hub did not accept all findings. The message contains the number of refused findings and the error codes.
 */
export class ImportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportError';
  }
}

/** Findings in one call (Security Hub API reference, BatchImportFindings). */
const BATCH = 100;

/**
 * Imports findings, 100 at a time. The SDK is loaded here, because most environments import nothing. Throws
 * `ImportError`. `limitMs` is called before each request.
 */
export async function importFindings(
  findings: Sequence<ImportableFinding>,
  limitMs = () => AWS_CALL_MS,
): Promise<void> {
  if (findings.length === 0) return;
  const { BatchImportFindingsCommand, SecurityHubClient } = await import('@aws-sdk/client-securityhub');
  const client = new SecurityHubClient();
  const codes = new Set<string>();
  let refused = 0;
  let imported = 0;
  for (const batch of inBatches(findings)) {
    const command = new BatchImportFindingsCommand({ Findings: batch.map(toSdk) });
    try {
      const answer = await inTime(limitMs(), (abortSignal) => client.send(command, { abortSignal }));
      // An answer without counts does not come from Security Hub.
      refused += answer.FailedCount ?? (answer.SuccessCount === undefined ? batch.length : 0);
      for (const { ErrorCode = 'unknown' } of answer.FailedFindings ?? []) codes.add(ErrorCode);
    } catch (error) {
      const progress = error instanceof TimeLimitError ? `, after ${imported} of ${findings.length} findings` : '';
      const advice = adviceAfter(
        error,
        'Check that Security Hub is enabled and that the role is allowed to import findings.',
      );
      throw new ImportError(`Importing into Security Hub: ${causeOf(error)}${progress}.${advice}`);
    }
    imported += batch.length;
  }
  if (refused > 0) {
    throw new ImportError(
      `Security Hub refused ${refused} of ${findings.length} findings: ${[...codes].sort().join(', ')}.`,
    );
  }
}

function* inBatches<T>(members: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = [];
  for (const member of members) {
    batch.push(member);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The types of the SDK require mutable lists. */
function toSdk({
  Types,
  Severity,
  FindingProviderFields,
  Resources,
  ...finding
}: ImportableFinding): AwsSecurityFinding {
  const ofProvider = { Severity: toLabel(FindingProviderFields.Severity), Types: [...FindingProviderFields.Types] };
  return {
    ...finding,
    Types: [...Types],
    Severity: toLabel(Severity),
    FindingProviderFields: ofProvider,
    Resources: [...Resources],
  };
}

function toLabel({ Label }: ImportableFinding['Severity']) {
  return { Label: SEVERITY_LABELS.find((known) => known === Label) ?? 'INFORMATIONAL' };
}

const SEVERITY_LABELS = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
