import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy } from '../../lambda/policy/parse';
import { writeGenerated } from '../../reference/generated';
import { replaceSection, table } from '../../reference/markdown';
import { CONDITION_EXAMPLES } from '../../reference/meanings';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');

test.each(Object.entries(writeGenerated()))(
  '%s matches the tables of the code; `npm run reference` writes the file',
  (file, text) => {
    const isJson = file.endsWith('.json');
    const parse = (content: string): unknown => (isJson ? JSON.parse(content) : content);
    expect(parse(read(file))).toEqual(parse(text));
  },
);

test('docs/reference.md has each anchor once', () => {
  const anchors = [...read('docs/reference.md').matchAll(/<a id="([^"]+)">/g)].map(([, anchor]) => anchor);
  expect(anchors.length).toBeGreaterThan(60);
  expect(new Set(anchors).size).toBe(anchors.length);
});

test.each(Object.entries(CONDITION_EXAMPLES))(
  'the example of the condition %s is valid in a policy',
  (key, example) => {
    const policy = {
      rules: [{ id: 'r', match: { [key]: example }, expect: 'on_first_login' }],
      default: { expect: 'on_each_login' },
    };
    expect(parsePolicy(policy)).toMatchObject({ ok: true });
  },
);

test('a pipe or a line break in a table cell does not break the table', () => {
  expect(table(['a', 'b'], [['x | y', 'one\n  two']])).toBe('| a | b |\n|---|---|\n| x \\| y | one two |');
});

test('replaceSection replaces one section and keeps the text around the section', () => {
  const document = 'before\n<!-- a -->\n\nold\n\n<!-- /a -->\nafter\n';
  expect(replaceSection(document, 'a', 'new')).toBe('before\n<!-- a -->\n\nnew\n\n<!-- /a -->\nafter\n');
});

test.each(['no section', '<!-- a --> never ends', '<!-- a --><!-- /a --><!-- a --><!-- /a -->'])(
  'replaceSection refuses the document "%s" without exactly one section',
  (document) => {
    expect(() => replaceSection(document, 'a', 'new')).toThrow('needs one section');
  },
);
