import type { Report } from '../../lambda/judge/report';
import { headline } from '../../lambda/report/headline/headline';
import { makeExact } from '../../lambda/report/text/harmless';
import { countSelected } from '../../lambda/report/words/selection';
import { type Case, listCases, type Part, type Result } from './junit-cases';

/**
 * The report as a test suite, so that a pipeline shows findings as tests. Drift is a failure, an indeterminate connection
 * an error. An exempt connection is skipped. A fixed or resolved connection passes. Of `withoutFinding`, compliant
 * connections pass and connections without the setting are skipped. A record does not contain these connections, so the
 * default lists none. One case shows whether the audit read every connection, and one whether the history was read and
 * kept. A change by an earlier run or a person fails if an operator has to check it; otherwise the case passes, with a
 * description of the change as its output. The XML format is the one that pipelines read:
 * https://github.com/testmoapp/junitxml.
 */
export function writeJunit(report: Report, part: Part = {}): string {
  const { selection } = part;
  const cases = listCases(report, part);
  const numberOf = (result: Result): number => cases.filter((each) => each.result === result).length;
  const seconds = ((Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000).toFixed(3);
  const counts = `tests="${cases.length}" failures="${numberOf('failure')}" errors="${numberOf('error')}" skipped="${numberOf('skipped')}" time="${seconds}"`;
  const name = attribute(`Auth0 connections of ${report.environment}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${name} ${counts}>`,
    `<testsuite name=${name} hostname=${attribute(report.tenant)} timestamp=${attribute(report.startedAt)} ${counts}>`,
    '<properties>',
    `<property name="run" value=${attribute(report.runId)}/>`,
    `<property name="mode" value=${attribute(report.mode)}/>`,
    `<property name="verdict" value=${attribute(headline(report))}/>`,
    ...(selection === undefined
      ? []
      : [`<property name="shown" value=${attribute(countSelected(selection, report))}/>`]),
    '</properties>',
    ...cases.map(writeCase),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function writeCase({ group, name, result, type, message, text, output }: Case): string {
  const start = `<testcase classname=${attribute(group)} name=${attribute(name)} time="0"`;
  if (result === 'passed') {
    return output === undefined ? `${start}/>` : `${start}><system-out>${escapeXml(output)}</system-out></testcase>`;
  }
  const what = `<${result}${result === 'skipped' ? '' : ` type=${attribute(type)}`} message=${attribute(message)}`;
  return `${start}>${what}>${escapeXml(text)}</${result}></testcase>`;
}

function attribute(text: string): string {
  return `"${escapeXml(makeExact(text))}"`;
}

/** `makeExact` escapes every character that XML 1.0 does not allow. This function replaces markup characters with entities. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
