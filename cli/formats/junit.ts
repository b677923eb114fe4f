import type { Report } from '../../lambda/judge/report';
import { headline } from '../../lambda/report/headline/headline';
import { makeExact } from '../../lambda/report/text/harmless';
import { countSelected } from '../../lambda/report/words/selection';
import { type Case, listCases, type Part, type Result } from './junit-cases';

/**
 * The report as a test suite, so that a pipeline shows findings as tests: drift is a failure, what could not be seen an
 * error, what is exempt is skipped, what was fixed or resolved passes. Of `withoutFinding`, what is compliant passes
 * and what does not have the setting is skipped; a record does not have these connections, so the default lists none. One
 * more case says whether the audit itself saw everything. A change by an earlier run or a person fails where somebody has
 * to check it, and else passes with what it was as its output. The form is the one that pipelines read:
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

/** Whatever XML 1.0 does not allow at all is among what `makeExact` escapes; what may be markup is an entity. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
