import type { Finding } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { isPlain } from '../text/harmless';
import { type Json, writeBounded } from '../text/json';
import type { DocsContext } from '../words/docs';
import { toOcsf } from './ocsf';
import { factsOf } from './ocsf-fields';
import type { OcsfFinding } from './ocsf-shape';

type WriteFinding = (finding: Finding) => Json<OcsfFinding>;

/** More kinds than these are each written anew: the texts of one kind take 3 KB. */
const KINDS = 500;

/**
 * Writes findings as JSON, each bounded so that it fits a message alone. In a large run most differ from another one in
 * the id and the names of their connection alone. The text of the first of such a kind is taken apart at these, and put
 * together again for the others, in a tenth of the time.
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
      // Where another text of the finding or the run holds a slot, this kind is written anew each time.
      kinds.set(kind, pieces !== undefined && isSame(pieces, again) ? pieces : undefined);
    }
    return written;
  };
}

/** The way OCSF marks it. */
export function markTruncated(finding: OcsfFinding): OcsfFinding {
  return { ...finding, metadata: { ...finding.metadata, is_truncated: true } };
}

/** Others have times or texts of their own, or names that are not written as they are. */
function isOfAKind({ connection, change, detail, changedBy }: Finding): boolean {
  const { id, name, displayName } = connection;
  const isOwn = change !== null || detail !== null || (changedBy !== null && changedBy.kind !== 'unknown');
  return !isOwn && [id, name, displayName ?? name].every(isPlain);
}

/** All of a finding but the id and the names of its connection. */
function kindOf(finding: Finding, report: Report): string {
  const { strategy, displayName } = finding.connection;
  const facts = factsOf({ ...finding, connection: NO_CONNECTION }, report);
  return JSON.stringify([strategy, displayName === null, finding.changedBy, facts]);
}

const NO_CONNECTION: Finding['connection'] = { id: '', name: '', displayName: null, strategy: '' };

/** The text of one kind: pieces that stay, and between them what stands there, `id`, `name` or `shown`. */
type Pieces = readonly string[];

/** What stands for id and names: two of them, so that a text that holds one is found by the other. */
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
