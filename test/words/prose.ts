/** A comment, or a string in single quotes, double quotes or backticks. */
const TOKENS = /(\/\*[\s\S]*?\*\/|\/\/[^\n]*)|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;

/** The prose of a document: without code spans. */
export function proseOfDocument(text: string): string {
  return joinLines(text.replace(/`[^`\n]*`/g, ''));
}

/**
 * The prose of a source file: comments without code spans, and strings of several words without the expressions of a
 * template. Names in the code are not prose.
 */
export function proseOfCode(text: string): string {
  const prose = [...text.matchAll(TOKENS)].map(([, comment, single = '', double = '', template = '']) =>
    comment === undefined
      ? `${single}${double}${template}`.replace(/\$\{[^}]*\}/g, '')
      : comment.replace(/`[^`]*`/g, ''),
  );
  return joinLines(prose.filter((words) => words.includes(' ')).join('\n'));
}

/** Removes the marks at the start of a line, because a phrase can go over the end of a line. */
function joinLines(text: string): string {
  return text.replace(/\n\s*(\*|\/\/|>)? ?/g, '\n');
}
