import { isPutRight } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { invokeCommand, npmCommand, undoCommand } from '../words/commands';

export interface AlertContext {
  /** The deployed function, so that the message says how to run it again; absent for a run from a terminal. */
  readonly functionName?: string;
  /** The AWS region of the history's bucket, so that the message links to the full report. */
  readonly region?: string;
}

/** A quiet night asks nothing of anybody. */
export function writeNext(report: Report, { functionName }: AlertContext): string[] {
  const { environment, findings, complete } = report;
  const everything = ["Every finding, from the project's folder (reads only):", `  ${npmCommand(environment)}`];
  const way = ['The way to the tenant, line by line (reads only):', `  ${npmCommand(environment, 'check')}`];
  const again = functionName === undefined ? [] : ['Run it again:', ...invokeCommand(functionName)];
  const undo = ['Undo what this run wrote (shows it and asks first):', ...undoCommand(report)];
  const remains = findings.some(({ outcome }) => !isPutRight(outcome));
  const unseen = findings.some(({ verdict }) => verdict === 'indeterminate');
  const steps = [
    ...(complete && remains ? everything : []),
    ...(!complete || unseen ? way : []),
    ...(complete ? [] : again),
    ...(findings.some(({ change }) => change !== null) ? undo : []),
  ];
  return steps.length === 0 ? [] : ['NEXT', ...steps];
}
