import { keysOf } from '../../connection/tables';
import { FINDING_CODES } from '../../judge/evaluate';
import type { Finding } from '../../judge/finding';
import { isSettled, OUTCOMES, type Outcome, QUARANTINES, type QuarantineReason } from '../../judge/outcome';
import { MANUAL_REASONS } from '../../judge/repair';
import type { Report } from '../../judge/report';
import { CHANGE_RESULT_WORDS } from './change';
import { resultsToCheck } from './earlier';
import { CODE_WORDS } from './finding';
import { nameFailure } from './incomplete';
import { OUTCOME_WORDS, outcomesOf, QUARANTINE_WORDS } from './outcome';
import { nameStop, stopsOf } from './stop';

/** What docs/reference.md has one entry for each value of. */
export type ReferenceTopic =
  | 'finding'
  | 'outcome'
  | 'stop'
  | 'quarantine'
  | 'manual'
  | 'run-error'
  | 'notice'
  | 'notification'
  | 'change'
  | 'change-result';

/** The anchor of a value in docs/reference.md. Public: links to it must not break. */
export function anchorOf(topic: ReferenceTopic, value: string): string {
  return `${topic}-${value}`;
}

/** The entry of a value, in the folder of the docs. */
export function referenceLink(docsUrl: string, topic: ReferenceTopic, value: string): string {
  return `${docsUrl}/reference.md#${anchorOf(topic, value)}`;
}

/** The outcomes that docs/runbook.md has an article on, by the anchor of its heading. */
const ARTICLES: Readonly<Partial<Record<Outcome, string>>> = {
  failed_verification: 'failed-verification',
  held: 'held-and-quarantined',
};

/** The reasons for a quarantine have one each. */
const QUARANTINE_ARTICLES: Readonly<Record<QuarantineReason, string>> = {
  set_back: 'held-and-quarantined',
  refused: 'resting-after-refusals',
  refused_again: 'resting-after-refusals',
};

/** Where readers find the docs. */
export interface DocsContext {
  /** The https address of the docs folder, without a slash at its end; without it nothing links there. */
  readonly docsUrl?: string | undefined;
}

export interface DocsLink {
  readonly label: string;
  readonly address: string;
}

/** More than these are not read in a message. */
const SHOWN = 8;

/** Where the docs explain what a run came to, the gravest first; nothing where the address of the docs is not known. */
export function docsLinksOf(report: Report, docsUrl: string | undefined): readonly DocsLink[] {
  if (docsUrl === undefined) return [];
  const { incomplete, findings } = report;
  const open = findings.filter((finding) => !isSettled(finding));
  const link = (label: string, topic: ReferenceTopic, value: string): DocsLink => ({
    label,
    address: referenceLink(docsUrl, topic, value),
  });
  const outcomes = outcomesOf(open).filter((outcome) => isExplained(outcome));
  const codes = keysOf(FINDING_CODES).filter((code) => open.some((finding) => finding.code === code));
  const reasons = keysOf(MANUAL_REASONS).filter((reason) =>
    open.some(({ repair, unsafe }) => (repair.action === 'manual' && repair.reason === reason) || unsafe === reason),
  );
  return [
    ...resultsToCheck(report).map((result) => link(CHANGE_RESULT_WORDS[result].name, 'change-result', result)),
    ...(incomplete === null ? [] : [link(nameFailure(incomplete.reason), 'run-error', incomplete.reason)]),
    ...outcomes.flatMap((outcome): DocsLink[] => {
      if (outcome === 'quarantined') return quarantineLinks(open, docsUrl);
      const article = ARTICLES[outcome];
      const { name } = OUTCOME_WORDS[outcome];
      return [
        article === undefined
          ? link(name, 'outcome', outcome)
          : { label: name, address: `${docsUrl}/runbook.md#${article}` },
      ];
    }),
    ...stopsOf(findings).map(({ stopped }) => link(nameStop(stopped), 'stop', stopped)),
    ...codes.map((code) => link(CODE_WORDS[code].name, 'finding', code)),
    ...reasons.map((reason) => link(reason, 'manual', reason)),
  ].slice(0, SHOWN);
}

/** The articles on the kinds of quarantine that some finding has. */
function quarantineLinks(findings: readonly Finding[], docsUrl: string): DocsLink[] {
  const quarantined = findings.filter(({ outcome }) => outcome === 'quarantined');
  const found = new Set(quarantined.map(({ quarantine }) => quarantine ?? 'set_back'));
  const links = keysOf(QUARANTINES)
    .filter((reason) => found.has(reason))
    .map((reason): [address: string, label: string] => [
      `${docsUrl}/runbook.md#${QUARANTINE_ARTICLES[reason]}`,
      QUARANTINE_WORDS[reason].name,
    ]);
  // Two kinds have one article: the last label of the two would do as well as the first.
  return [...new Map(links)].map(([address, label]) => ({ label, address }));
}

/** What a stop or a manual reason explains better, and a plan that needs no explaining, has no link of its own. */
function isExplained(outcome: Outcome): boolean {
  const { kind } = OUTCOMES[outcome];
  return kind !== 'planned' && outcome !== 'skipped_stopped' && outcome !== 'skipped_unsafe';
}
