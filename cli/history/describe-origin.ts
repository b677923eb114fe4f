import type { History, PastRun } from '../../lambda/history/history';
import { attempt } from '../../lambda/history/memory';
import type { KeptReport } from '../../lambda/history/report/parse-report';
import type { CommandPlace } from '../../lambda/report/commands/place';
import { fill } from '../../lambda/report/text/columns';
import { makeVisible } from '../../lambda/report/text/harmless';
import { describeChange, nameActor } from './describe-change';

interface Context {
  readonly history: History;
  readonly commands: CommandPlace;
  /** JUnit is among the forms that are written. */
  readonly isForJunit: boolean;
}

const NO_COMPLIANT = 'A record lists findings only: JUnit has no test for a connection that was compliant.';

/** What a reader of a kept report has to know beside it: who made it, with what, and what the record does not hold. */
export async function describeOrigin(
  { auditorVersion, policyFingerprint }: KeptReport,
  { runId, change, phase }: PastRun,
  { history, commands, isForJunit }: Context,
): Promise<readonly string[]> {
  const version = auditorVersion === undefined ? 'not recorded' : makeVisible(auditorVersion);
  return [
    ...inLines(`Run ${makeVisible(runId)}, by ${nameActor(change.by)}. Version of the auditor: ${version}.`),
    ...(policyFingerprint === undefined ? [] : await describePolicy(policyFingerprint, history)),
    ...(phase === 'ended'
      ? []
      : inLines('It has not recorded its end: the report is the one from before its first write.')),
    ...(phase === 'cut' ? describeCut(change, commands) : []),
    ...(isForJunit ? inLines(NO_COMPLIANT) : []),
  ];
}

function inLines(note: string): string[] {
  return fill(note, { columns: 80 });
}

function describeCut(change: PastRun['change'], commands: CommandPlace): string[] {
  const entry = { ...change, connections: change.connections.length };
  return ['What it wrote, as a later run found out:', ...describeChange(entry, { isUnreported: false, commands })];
}

/** The text of the policy is read, so that one that was changed is told. Its place is one line, so that it can be copied. */
async function describePolicy(policyFingerprint: string, history: History): Promise<readonly string[]> {
  const shown = `The text of its policy (${makeVisible(policyFingerprint)})`;
  return attempt<readonly string[]>(
    async () => {
      const kept = await history.readPolicy(policyFingerprint);
      return kept === undefined ? inLines(`${shown} is not kept.`) : [`Policy: ${makeVisible(kept.place, 500)}`];
    },
    (failure) => inLines(`${shown} cannot be read: ${failure}`),
  );
}
