import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keysOf } from '../../lambda/connection/tables';
import { LOG_LINES } from '../../lambda/log-lines';

const PAGE = readFileSync(path.join(__dirname, '../../docs/logs.md'), 'utf8');

/** The lines that the page describes, by their messages. Each has the fields in the first column of its table. */
function describedLines(): ReadonlyMap<string, readonly string[]> {
  const sections = PAGE.split(/\n### /).slice(1);
  return new Map(
    sections.map((section) => {
      const [message = '', ...lines] = section.split(/\n## /)[0]?.split('\n') ?? [];
      return [message, lines.flatMap((line) => /^\| `([^`]+)` \|/.exec(line)?.[1] ?? [])];
    }),
  );
}

test('docs/logs.md describes each line of the function, and no other line', () => {
  expect([...describedLines().keys()].toSorted()).toEqual([...keysOf(LOG_LINES)].toSorted());
});

test.each(keysOf(LOG_LINES))('docs/logs.md describes each field of the line "%s", in its order', (message) => {
  expect(describedLines().get(message)).toEqual(LOG_LINES[message].fields);
});
