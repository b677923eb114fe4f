import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { isPlain } from '../text/harmless';
import { type Json, writeBounded } from '../text/json';
import type { DocsContext } from '../words/docs';
import { toOcsf } from './ocsf';
import { factsOf } from './ocsf-fields';
import type { OcsfFinding } from './ocsf-shape';

type WriteFinding = (finding: Finding) => Json<OcsfFinding>;

/**
 * The most kinds whose text is kept, because the text of one kind takes 3 KB. Findings of other kinds are written in
 * full.
 */
const KINDS = 500;

/**
 * Writes findings as JSON, each bounded so that it fits one message. In a large run, most findings differ only in the id and
 * the names of their connection: they are of one kind. The writer splits the text of the first finding of a kind at these
 * values, and joins the pieces with the values of each other finding. This takes a tenth of the time.
 */
export function createFindingWriter(report: Report, context: DocsContext): WriteFinding {
  const writeAnew: WriteFinding = (finding) => writeBounded(toOcsf(finding, report, context), markTruncated);
  const kinds = new Map<string, Pieces | undefined>();
  return (finding) => {
    if (!isOfAKind(finding)) return writeAnew(finding);
    const kind = kindOf(finding, report);
    const known = kinds.get(kind);
    if (known !== undefined) return { text: putTogether(known, finding) };
    const written = writeAnew(finding);
    if (!kinds.has(kind) && kinds.size < KINDS) {
      const [pieces, again] = SLOTS.map((slot) => takeApart(writeAnew(withSlots(finding, slot)).text, slot));
      // If another text of the finding or the run contains a slot, every finding of this kind is written in full.
      kinds.set(kind, pieces !== undefined && isSame(pieces, again) ? pieces : undefined);
    }
    return written;
  };
}

/** OCSF's mark of a finding whose texts were cut. */
export function markTruncated(finding: OcsfFinding): OcsfFinding {
  return { ...finding, metadata: { ...finding.metadata, is_truncated: true } };
}

/** Other findings have own times or texts, or names with characters that need an escape. */
function isOfAKind({ connection, change, detail, changedBy }: Finding): boolean {
  const { id, name, displayName } = connection;
  const isOwn = change !== null || detail !== null || (changedBy !== null && changedBy.kind !== 'unknown');
  return !isOwn && [id, name, displayName ?? name].every(isPlain);
}

/** All facts of a finding except the id and the names of its connection. */
function kindOf(finding: Finding, report: Report): string {
  const { strategy, displayName } = finding.connection;
  const facts = factsOf({ ...finding, connection: NO_CONNECTION }, report);
  return JSON.stringify([strategy, displayName === null, finding.changedBy, facts]);
}

const NO_CONNECTION: Finding['connection'] = { id: '', name: '', displayName: null, strategy: '' };

/** The text of one kind: constant pieces, and between them the name of the value: `id`, `name` or `shown`. */
type Pieces = readonly string[];

/** Placeholders for id and names. There are two, so that a text that contains one of them is found with the other. */
const SLOTS = ['Slot-7c1e', 'Slot-90ab'] as const;

function withSlots(finding: Finding, slot: string): Finding {
  const { strategy, displayName } = finding.connection;
  const shown = displayName === null ? null : `${slot}-shown`;
  return { ...finding, connection: { id: `${slot}-id`, name: `${slot}-name`, displayName: shown, strategy } };
}

function takeApart(text: string, slot: string): Pieces {
  return text.split(new RegExp(`${slot}-(id|name|shown)`));
}

function isSame(pieces: Pieces, others: Pieces | undefined): boolean {
  return pieces.length === others?.length && pieces.every((piece, index) => piece === others[index]);
}

function putTogether(pieces: Pieces, { connection: { id, name, displayName } }: Finding): string {
  const values: Readonly<Record<string, string>> = { id, name, shown: displayName ?? '' };
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : (values[piece] ?? ''))).join('');
}
