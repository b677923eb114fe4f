import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { authorLines } from '../words/author';
import { releaseCommand } from '../words/commands';
import { describeDrift } from '../words/finding';
import { quoteDetail } from '../words/outcome';
import { strategyColumn } from './connection-lines';
import { advise, writeShortList } from './short-list';

/** What an earlier run repaired again and again. */
export function writeQuarantined({ findings }: Report): string[] {
  const quarantined = findings.filter(({ outcome }) => outcome === 'quarantined');
  if (quarantined.length === 0) return [];
  return [
    `QUARANTINED: ${quarantined.length}`,
    ...fill('Repaired so often lately that something must keep setting it back: not written again for now.', {
      first: '  ',
    }),
    ...list(quarantined),
    '',
    ...advise(
      'Do',
      'Find out what sets it back (Terraform, a script, a person): Dashboard, Monitoring > Logs, the writes to the connection that do not carry a run id of ours. Stop that, or change the policy. The quarantine ends by itself as our repairs grow old.',
    ),
  ];
}

/** What a person took back, and how to let it go. */
export function writeHeld({ findings, environment }: Report): string[] {
  const held = findings.filter(({ outcome }) => outcome === 'held');
  const [only, ...others] = held;
  if (only === undefined) return [];
  return [
    `HELD: ${held.length}`,
    ...fill('Repaired once, and a person undid that: left as it is until its rule changes or the hold is released.', {
      first: '  ',
    }),
    ...list(held),
    '',
    ...advise('Do', 'Where the person was right, change the policy or exempt the connection. Else release the hold:'),
    ...releaseCommand(environment, others.length === 0 ? only.connection.id : undefined),
  ];
}

function list(findings: readonly Finding[]): string[] {
  return writeShortList(findings, {
    heading: describeDrift,
    beside: strategyColumn(findings),
    story: storyOf,
    below: authorLines,
  });
}

function storyOf({ detail }: Finding): string[] {
  return detail === null ? [] : [quoteDetail(detail)];
}
