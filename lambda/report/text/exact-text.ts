import { escapeCharacter, UNSEEN } from './harmless';

/**
 * Anyone's text for a tool: whole and exact but for what cannot be seen, which is escaped as JSON does it, so that it
 * begins no line and moves no cursor. A backslash is escaped too: what is shown can be told from what was written.
 */
export function makeExact(text: string, characters = 10_000): string {
  const short = text.length > characters ? `${text.slice(0, characters)}…` : text;
  if (!ACTS.test(short)) return short;
  return Array.from(short, (character) => (ACTS.test(character) ? escapeCharacter(character) : character)).join('');
}

const ACTS = new RegExp(`${UNSEEN.source}|\\\\`, 'u');
