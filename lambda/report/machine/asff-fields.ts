import { SERVICE, type Severity } from '../../contract';
import type { EarlierFinding, Report } from '../../judge/report';
import { makeExact } from '../text/harmless';
import { CONTROL, DOCUMENTATION, findingUid } from './control';

/** The account and region whose Security Hub receives the findings. */
export interface AsffTarget {
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
}

/**
 * A finding in the AWS Security Finding Format, with the fields that the auditor writes. The maximum lengths are those of
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html. Workflow, note and user-defined
 * fields belong to the customer, and the auditor never writes them.
 */
export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  /** The same in every run, so that an import updates the finding. */
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly Types: readonly string[];
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Severity: { readonly Label: string };
  readonly FindingProviderFields: { readonly Severity: { readonly Label: string }; readonly Types: readonly string[] };
  readonly Title: string;
  readonly Description: string;
  readonly Remediation: { readonly Recommendation: { readonly Text: string; readonly Url: string } };
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: readonly {
    readonly Type: 'Other';
    readonly Id: string;
    readonly Details: { readonly Other: Readonly<Record<string, string>> };
  }[];
  readonly Compliance: { readonly Status: 'PASSED' | 'WARNING' | 'FAILED' | 'NOT_AVAILABLE' };
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}

interface SharedFacts {
  readonly connection: EarlierFinding['connection'];
  readonly control: EarlierFinding['control'];
  readonly severity: Severity;
  readonly firstSeen: string | null;
}

export function sharedFields(
  report: Report,
  { account, region, partition }: AsffTarget,
  { connection, control, severity, firstSeen }: SharedFacts,
) {
  const types = ['Software and Configuration Checks/Policy/Auth0 connection'];
  const label = { Label: severity.toUpperCase() };
  const last = timeOf(report.finishedAt, EPOCH);
  const first = timeOf(firstSeen ?? '', last);
  return {
    SchemaVersion: '2018-10-08',
    Id: idOf(findingUid(report, { connection, control })),
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `${SERVICE}/${CONTROL}`,
    AwsAccountId: account,
    Types: types,
    FirstObservedAt: first,
    LastObservedAt: last,
    CreatedAt: first,
    UpdatedAt: last,
    Severity: label,
    FindingProviderFields: { Severity: label, Types: types },
    Resources: [
      {
        Type: 'Other',
        Id: idOf(`auth0:${report.canonicalHost}:connection/${connection.id}`),
        Details: { Other: fields({ name: connection.name, strategy: connection.strategy, tenant: report.tenant }) },
      },
    ],
  } as const;
}

export function recommend(text: string): AsffFinding['Remediation'] {
  return { Recommendation: { Text: bounded(text, 512), Url: DOCUMENTATION } };
}

/** No field may be empty or blank. */
export function fields(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, bounded(makeExact(value), 1024)]));
}

export function bounded(text: string, characters: number): string {
  const short = text.length > characters ? `${text.slice(0, characters - 1)}…` : text;
  return short.trim() === '' ? '(empty)' : short;
}

const ID_CHARACTERS = 512;

/** No id of Auth0 is near the limit. A longer id is cut and ends in a hash, so that two different ids stay different. */
export function idOf(id: string): string {
  const exact = makeExact(id, Number.POSITIVE_INFINITY);
  return exact.length <= ID_CHARACTERS ? exact : `${exact.slice(0, ID_CHARACTERS - 17)}-${hash(exact)}`;
}

/** FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/. It distinguishes ids; it protects nothing. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
}

const EPOCH = new Date(0).toISOString();

function timeOf(at: string, otherwise: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? otherwise : new Date(time).toISOString();
}
