/** Whole numbers, both ends included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** `unit` follows "a whole number", such as ` of days`. */
export function describeRange({ least, most }: Range, unit = ''): string {
  return `a whole number${unit} from ${least} to ${most}`;
}
