/** A piece of HTML. Only the tag `html` creates one, so that everything else in a page is text. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

type Part = string | number | Markup | readonly Markup[];

/**
 * A template of HTML. Inserted texts are escaped, between tags and in quoted attributes. Inserted markup stays unchanged,
 * and a list of markup is joined. Never insert anything into a script, a style or an unquoted attribute.
 */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(literals.reduce((source, literal, index) => source + write(parts[index - 1] ?? '') + literal));
}

export const NOTHING = new Markup('');

function write(part: Part): string {
  if (part instanceof Markup) return part.source;
  if (typeof part === 'number') return String(part);
  return typeof part === 'string' ? escapeText(part) : part.map(({ source }) => source).join('');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES.get(character) ?? '');
}
