/** A table. Each cell is markdown; pipes and line breaks in a cell are replaced, so that they do not break the row. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** `` `a`, `b` `` */
export function codes(texts: readonly string[]): string {
  return texts.map(code).join(', ');
}

/** A link to a heading of the same page. */
export function linkTo(title: string): string {
  return `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`;
}

/** Makes a sentence: a capital first letter and a full stop at the end. */
export function sentence(text: string): string {
  const whole = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return /[.!?:]$/.test(whole) ? whole.replace(/:$/, '.') : `${whole}.`;
}

/** Replaces the text between two comments of a document: `<!-- name -->` and `<!-- /name -->`. */
export function replaceSection(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...more] = document.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the document needs one section from ${begin} to ${end}`);
  }
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}
