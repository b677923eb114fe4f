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
  /** JUnit is one of the requested formats. */
  readonly isForJunit: boolean;
}

const NO_COMPLIANT = 'A record contains findings only, so JUnit has no tests for compliant connections.';

/** Notes on a kept report: the author of the run, the version, the policy, and facts that the record does not contain. */
export async function describeOrigin(
  { auditorVersion, policyFingerprint }: KeptReport,
  { runId, change, phase }: PastRun,
  { history, commands, isForJunit }: Context,
): Promise<readonly string[]> {
  const version = auditorVersion === undefined ? 'not recorded' : makeVisible(auditorVersion);
  return [
    ...inLines(`Run ${makeVisible(runId)} by ${nameActor(change.by)}. Version of the auditor: ${version}.`),
    ...(policyFingerprint === undefined ? [] : await describePolicy(policyFingerprint, history)),
    ...(phase === 'ended'
      ? []
      : inLines('The run did not record its end, so this report is from before its first write.')),
    ...(phase === 'cut' ? describeCut(change, commands) : []),
    ...(isForJunit ? inLines(NO_COMPLIANT) : []),
  ];
}

function inLines(note: string): string[] {
  return fill(note, { columns: 80 });
}

function describeCut(change: PastRun['change'], commands: CommandPlace): string[] {
  const entry = { ...change, connections: change.connections.length };
  return [
    'Writes of this run, as determined by a later run:',
    ...describeChange(entry, { isUnreported: false, commands }),
  ];
}

/** Reads the text of the policy, so that a changed text is reported. The place is one line, so that an operator can copy it. */
async function describePolicy(policyFingerprint: string, history: History): Promise<readonly string[]> {
  const shown = `The text of the policy (${makeVisible(policyFingerprint)})`;
  return attempt<readonly string[]>(
    async () => {
      const kept = await history.readPolicy(policyFingerprint);
      return kept === undefined
        ? inLines(`${shown} is not in the history.`)
        : [`Policy: ${makeVisible(kept.place, 500)}`];
    },
    (failure) => inLines(`${shown} cannot be read: ${failure}`),
  );
}
