import type { Finding, Report } from '../audit/report';
import { SEVERITIES, type Severity } from '../contract';
import { count, nameFailure } from './run-words';

/** SNS, API reference of Publish: ASCII without control characters, begun by no space, "less than 100 characters long". */
export const SUBJECT_CHARACTERS = 99;
const ENVIRONMENT_CHARACTERS = 24;

/** `[prod] 3 HIGH: 7 of 60 connections drifted, 2 indeterminate`. An all-clear only for a complete run without findings. */
export function writeSubject(report: Report): string {
  return subjectFor(report.environment, headline(report));
}

/** The verdict in one line of ASCII: the subject without the environment, and the first line of the body. */
export function headline(report: Report): string {
  const { listed } = report.coverage;
  const noncompliant = report.findings.filter(({ verdict }) => verdict === 'noncompliant');
  const drifted = noncompliant.filter(({ exemption }) => exemption === null);
  const exempt = noncompliant.length - drifted.length;
  const unseen = report.findings.length - noncompliant.length;
  const indeterminate = unseen > 0 ? [`${unseen} indeterminate`] : [];
  const permitted = exempt > 0 ? [`${exempt} exempt`] : [];
  const others = [...indeterminate, ...permitted];

  if (!report.complete) {
    const reason = report.incomplete === null ? '' : ` (${nameFailure(report.incomplete.reason)})`;
    const seen =
      listed === 0
        ? 'no connection was read'
        : drifted.length > 0
          ? `${worstOf(drifted)}: ${drifted.length} of the ${listed} read drifted`
          : `${listed} read, none of them drifted`;
    return [`INCOMPLETE${reason}: ${seen}`, ...others].join(', ');
  }
  if (drifted.length > 0) {
    return [`${worstOf(drifted)}: ${drifted.length} of ${count(listed, 'connection')} drifted`, ...others].join(', ');
  }
  if (unseen > 0) {
    return [`INDETERMINATE: ${unseen} of ${count(listed, 'connection')} could not be seen`, ...permitted].join(', ');
  }
  if (listed === 0) return 'OK: the tenant has no connections';
  return [`OK: ${count(listed, 'connection')} audited, none drifted`, ...permitted].join(', ');
}

function worstOf(findings: readonly Finding[]): string {
  const severities = findings.map(({ severity }) => severity);
  const worst: Severity = SEVERITIES.findLast((severity) => severities.includes(severity)) ?? 'informational';
  return `${severities.filter((severity) => severity === worst).length} ${worst.toUpperCase()}`;
}

/** The environment's name gives way, so that the counts survive. */
export function subjectFor(environment: string, rest: string): string {
  const text = toAscii(rest);
  const room = Math.max(1, Math.min(ENVIRONMENT_CHARACTERS, SUBJECT_CHARACTERS - text.length - '[] '.length));
  const name = toAscii(environment).replace(/[[\]]/g, '?').trim() || '?';
  const short = name.length > room ? `${name.slice(0, Math.max(0, room - 3))}...`.slice(0, room) : name;
  return `[${short}] ${text}`.slice(0, SUBJECT_CHARACTERS);
}

function toAscii(text: string): string {
  return text.slice(0, SUBJECT_CHARACTERS * 2).replace(/[^ -~]/gu, '?');
}
