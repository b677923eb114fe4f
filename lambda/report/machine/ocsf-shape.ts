import type { Attribution } from '../../judge/finding';

/**
 * Compliance Finding, class 2003 of OCSF 1.8.0, with the fields that the auditor writes:
 * https://schema.ocsf.io/1.8.0/classes/compliance_finding.
 * All times are milliseconds since the epoch, UTC.
 */
export interface OcsfFinding {
  /** 1 Create, 2 Update, 3 Close. */
  readonly activity_id: 1 | 2 | 3;
  readonly activity_name: string;
  readonly category_uid: 2;
  readonly category_name: string;
  readonly class_uid: 2003;
  readonly class_name: string;
  readonly type_uid: number;
  readonly type_name: string;
  /** 1 Informational, 2 Low, 3 Medium, 4 High, 5 Critical. */
  readonly severity_id: number;
  readonly severity: string;
  /** 1 New, 2 In Progress (work is under way), 3 Suppressed (exempt), 4 Resolved. */
  readonly status_id: 1 | 2 | 3 | 4;
  readonly status: string;
  readonly time: number;
  readonly message: string;
  readonly metadata: {
    readonly version: '1.8.0';
    readonly product: { readonly name: string; readonly uid: string; readonly vendor_name: string };
    /** The id of this event. */
    readonly uid: string;
    /** The id of the run. */
    readonly correlation_uid: string;
    /** The tenant's own domain, even if the run uses a custom domain. */
    readonly tenant_uid: string;
    /** Whether texts were cut so that the event fits one message. */
    readonly is_truncated?: true;
  };
  readonly finding_info: {
    /** The same in every run. Updates and closes use it. */
    readonly uid: string;
    readonly created_time: number;
    readonly first_seen_time: number;
    readonly last_seen_time: number;
    readonly title: string;
    readonly desc: string;
    readonly types: readonly string[];
    readonly analytic?: { readonly type_id: 1; readonly type: string; readonly uid: string; readonly name: string };
  };
  readonly compliance: {
    readonly control: string;
    readonly standards: readonly string[];
    /**
     * 1 Pass, 2 Warning (options could not be read), 3 Fail, 99 Other (connection deleted, or the setting does not
     * apply).
     */
    readonly status_id: 1 | 2 | 3 | 99;
    readonly status: string;
    readonly status_details: readonly string[];
    readonly control_parameters?: readonly { readonly name: string; readonly values: readonly string[] }[];
  };
  readonly resources: readonly {
    readonly uid: string;
    readonly name: string;
    readonly type: string;
    readonly namespace: string;
    readonly labels: readonly string[];
  }[];
  readonly remediation?: { readonly desc: string; readonly references: readonly string[] };
  /** Who changed the connection. The source is the tenant's log, not the audit. */
  readonly enrichments?: readonly {
    readonly name: string;
    readonly value: string;
    readonly type: string;
    readonly provider: string;
    readonly data: Attribution;
  }[];
  /** The auditor's own facts, exactly as in the report: outcome, change, exemption and others. */
  readonly unmapped: Readonly<Record<string, unknown>>;
}
