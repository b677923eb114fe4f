import type { Text } from '../history/store';

/** A part of a text in UTF-8. Its bytes are valid until the next part is requested: all parts share their memory. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/**
 * Every part except the last is full, except for at most one character. S3 accepts no part below 5 MiB other than the
 * last (user guide, multipart upload limits).
 */
const PART_BYTES = 6 * 1024 * 1024;
/** UTF-8 takes at most three bytes for each code unit. */
const CODE_UNIT_BYTES = 3;

/** Whether a text certainly fits in one part. */
export function isShort(text: Text): text is string {
  return typeof text === 'string' && text.length * CODE_UNIT_BYTES <= PART_BYTES;
}

/** The text in parts, at least one. */
export function* inParts(text: Text): Generator<Part, undefined> {
  const buffer = Buffer.allocUnsafeSlow(PART_BYTES);
  const encoder = new TextEncoder();
  let used = 0;
  for (const piece of typeof text === 'string' ? [text] : text) {
    if (piece.length * CODE_UNIT_BYTES <= PART_BYTES - used) {
      used += buffer.write(piece, used);
      continue;
    }
    for (let left = piece; left !== ''; ) {
      const { read, written } = encoder.encodeInto(left, buffer.subarray(used));
      used += written;
      left = left.slice(read);
      if (left === '') break;
      yield { bytes: buffer.subarray(0, used), isLast: false };
      used = 0;
    }
  }
  yield { bytes: buffer.subarray(0, used), isLast: true };
}
