import { linkTo, table } from './markdown';

/** A word of the project that means one thing, in code, messages and documents. */
interface Term {
  /** One or two sentences. */
  readonly meaning: string;
  /** The chapters of docs/reference.md that list its values. */
  readonly chapters?: readonly string[];
  /** Other words for the same thing, which no text uses. */
  readonly insteadOf?: readonly string[];
}

/** The words of the project, in alphabetical order; the page shows them in the same order. */
export const GLOSSARY: Readonly<Record<string, Term>> = {
  alarm: { meaning: 'A CloudWatch alarm on the auditor itself.' },
  alert: {
    meaning: 'The message of one run to the recipients: mail or chat, over the alerts topic.',
    chapters: ['Notifications'],
  },
  'all-clear': { meaning: 'The weekly alert of a tenant without an open finding.' },
  application: { meaning: 'The Machine to Machine application of Auth0 whose credentials the auditor uses.' },
  author: {
    meaning:
      'Who changed a connection, according to the log of the tenant. Messages show it after "changed by" or "Author".',
    chapters: ['Other writers', 'Unknown authors'],
    insteadOf: ['moved by'],
  },
  canary: {
    meaning: 'The first repair of each shape of a strategy in a run. The other repairs wait until it is verified.',
  },
  cap: { meaning: 'The largest number or percentage of connections that one run may repair.' },
  change: {
    meaning:
      'A write that a run or an operator made with the auditor, kept in the history. `changes` lists them, `undo` restores.',
    chapters: ['Changes', 'Results of a change', 'Undo outcomes'],
    insteadOf: ['put back', 'puts back', 'putting back'],
  },
  consumer: {
    meaning: 'A program that reads the findings messages.',
    chapters: ['Message attributes', 'Message types'],
    insteadOf: ['for machines', 'to machines'],
  },
  environment: {
    meaning: 'One file in `environments/`: one tenant, its policy and its settings. Each becomes one stack.',
    chapters: ['Problems of an environment', 'Statuses of several environments'],
  },
  exemption: { meaning: 'Permission for a connection to deviate from the policy until a date.' },
  finding: {
    meaning: 'A connection that deviates from the policy, or whose setting could not be read.',
    chapters: ['Finding codes', 'Severities'],
  },
  'findings message': { meaning: 'A JSON message over the findings topic, for consumers.' },
  fixed: { meaning: 'The state of a connection that a run repaired and verified (`remediated`).' },
  'grace period': { meaning: 'The days after an exemption expired in which the connection is not repaired.' },
  history: { meaning: 'The bucket or folder with the records, the state and the leases of a tenant.' },
  hold: {
    meaning:
      'The mark of a connection that an operator restored: no run repairs it until its rule changes or the hold is released.',
  },
  'kill switch': { meaning: 'The SSM parameter that stops all writes of an environment.' },
  lease: { meaning: 'The lock that lets one run or command at a time write to a tenant.' },
  lifecycle: {
    meaning:
      'The history of a finding over several runs: new, open, reopened or resolved. The line "Changes" of a message counts the findings by lifecycle.',
    chapters: ['Lifecycles', 'Ways a finding resolves'],
  },
  metric: { meaning: 'A CloudWatch metric that the function sends.', chapters: ['Metrics'] },
  mode: {
    meaning: 'Report mode only reads. Remediate mode also repairs.',
    chapters: ['Modes'],
    insteadOf: ['in mode report', 'in mode remediate'],
  },
  notice: {
    meaning: 'A fact about the run, the policy or the auditor itself. Messages show it under Notes.',
    chapters: ['Notices'],
  },
  operator: { meaning: 'A person who runs, deploys or configures the auditor.' },
  paused: {
    meaning:
      'The state of a connection whose repair Auth0 refused in three runs in a row: it is not tried for 7 days. Its outcome is `quarantined`.',
    insteadOf: ['resting', 'rests'],
  },
  policy: {
    meaning: 'The rules, the default and the exemptions of one tenant.',
    chapters: ['Problems of a policy'],
  },
  quarantine: {
    meaning:
      'The mark of a connection that is not repaired for some days: something reverts the repairs, or Auth0 refuses them.',
    chapters: ['Quarantine reasons'],
  },
  recipient: { meaning: 'A person or a channel that receives alerts.' },
  record: { meaning: 'The report of one run as JSON, kept in the history.' },
  reminder: { meaning: 'The alert about findings that stay open, some days after the last alert.' },
  repair: {
    meaning: 'One PATCH that sets the value of one connection to the policy. The auditor then verifies it.',
    chapters: ['Outcomes', 'Manual reasons', 'Repairs'],
    insteadOf: ['put right', 'puts right', 'mend', 'mended', 'mends'],
  },
  report: { meaning: 'The result of one run, in one of the formats.' },
  rule: { meaning: 'A part of the policy: which connections it matches, and which values they may have.' },
  run: {
    meaning: 'One audit of one tenant, by the function or on the command line.',
    chapters: ['Run errors', 'Exit codes'],
  },
  safeguard: {
    meaning: 'A limit on writes: cap, canary, hold, quarantine, lease or kill switch.',
    chapters: ['Stop reasons'],
    insteadOf: ['rail', 'rails'],
  },
  state: { meaning: 'The file in the history with the data that the next run needs.' },
  verdict: {
    meaning: 'The result of the check of one connection against the policy.',
    chapters: ['Verdicts', 'Reasons for not applicable'],
  },
};

/** The words, each with the chapters that list its values. */
export function glossaryTable(): string {
  const rows = Object.entries(GLOSSARY).map(([term, { meaning, chapters = [] }]) => [
    `**${term}**`,
    meaning,
    chapters.map(linkTo).join(', '),
  ]);
  return table(['Word', 'Meaning', 'Values'], rows);
}
