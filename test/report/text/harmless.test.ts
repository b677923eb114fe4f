import fc from 'fast-check';
import { columnsOf } from '../../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../../lambda/report/text/harmless';
import { writeJson } from '../../../lambda/report/text/json';
import { hostileText, unseenIn } from '../hostile-reports';

describe('harmless names', () => {
  test.each<[claim: string, name: string, shown: string]>([
    ['an ordinary name stays unchanged', 'contoso-saml', 'contoso-saml'],
    [
      'letters of any language and ordinary punctuation stay unchanged',
      'Okta – Contoso & Söhne (EU)',
      'Okta – Contoso & Söhne (EU)',
    ],
    [
      'underscores, brackets, quotes and slashes stay unchanged',
      `[TEST] my_db "a" 'b' / R&D #1!`,
      `[TEST] my_db "a" 'b' / R&D #1!`,
    ],
    ['Chinese, Hebrew and emoji stay unchanged', '漢字 שלום 😀', '漢字 שלום 😀'],
    ['decomposed letters stay unchanged', 'So\u0308hne', 'So\u0308hne'],
    ['a line break in a name starts no line', 'a\nOK: all well', 'a\\u000AOK: all well'],
    ['terminal escapes in a name are shown as text', '\u001b[31mred', '\\u001B[31mred'],
    ['C1 controls and DEL in a name are shown as text', '\u007f\u009b', '\\u007F\\u009B'],
    ['a bidirectional override in a name is shown as text', 'abc\u202efdp', 'abc\\u202Efdp'],
    ['zero-width characters in a name are shown as text', 'a\u200bb\u200dc\ufeff', 'a\\u200Bb\\u200Dc\\uFEFF'],
    ['a tag character in a name is shown by its code units', 'a\u{e0041}', 'a\\uDB40\\uDC41'],
    ['a lone surrogate in a name is shown as text', 'a\ud800b', 'a\\uD800b'],
    ['a line separator in a name is shown as text', 'a\u2028b', 'a\\u2028b'],
    ['markup in a name is escaped', '<b>x</b>', '\\u003Cb\\u003Ex\\u003C/b\\u003E'],
    ['a chat command in a name has no effect', '<!here>', '\\u003C!here\\u003E'],
    ['an arrow between spaces stays unchanged', 'A > B', 'A > B'],
    ['a mention in a name notifies no one', '@channel', '\\u0040channel'],
    ['an at sign between spaces stays unchanged', 'Login @ Contoso', 'Login @ Contoso'],
    ['a mail address in a name is no link', 'eve@evil.example', 'eve\\u0040evil[.]example'],
    ['a web address in a name is no link', 'https://evil.example/x', 'https[:]//evil[.]example/x'],
    ['a markdown link in a name is no link', '[x](y)', '[x\\u005D(y)'],
    ['code and emphasis in a name have no effect', '`a` *b*', '\\u0060a\\u0060 \\u002Ab*'],
    ['a glob with one star stays unchanged', 'tailspin-*', 'tailspin-*'],
    ['an escape in a name cannot be forged', '\\u003C', '\\u005Cu003C'],
    ['an entity in a name is escaped', '&lt;x', '\\u0026lt;x'],
    ['spaces in a name cannot move other text', ' a  b ', '\\u0020a \\u0020b\\u0020'],
    ['a fourth mark on a letter is shown as text', 'a\u0301\u0301\u0301\u0301', 'a\u0301\u0301\u0301\\u0301'],
    ['a version number stays unchanged', 'Okta 2.0', 'Okta 2.0'],
    ['an empty name is shown as "(empty)"', '', '(empty)'],
  ])('%s', (_claim, name, shown) => {
    expect(makeHarmless(name)).toBe(shown);
  });

  test('a long name ends in an ellipsis, and is never cut inside an escape', () => {
    expect(makeHarmless('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
    expect(makeHarmless('x'.repeat(60))).toBe('x'.repeat(60));
    expect(makeHarmless(`${'x'.repeat(56)}\u202e\u202e`)).toBe(`${'x'.repeat(56)}…`);
  });

  test('a name of a megabyte becomes one line', () => {
    expect(columnsOf(makeHarmless('\u202e'.repeat(1_000_000)))).toBeLessThanOrEqual(60);
  });

  test('a harmless name is one short line of visible characters, for any name', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 8, max: 100 }), (name, columns) => {
        const shown = makeHarmless(name, columns);
        expect(unseenIn(shown)).toEqual([]);
        expect(shown).not.toContain('\n');
        expect(shown).not.toMatch(/<|`|\*.*\*|@[\p{L}\p{N}]|:\/\/|\]\(/u);
        expect(shown.length).toBeLessThanOrEqual(columns);
        expect(columnsOf(shown)).toBeLessThanOrEqual(columns);
        expect(unseenIn(makeVisible(name, columns))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('harmless JSON', () => {
  test('harmless JSON contains no character with an effect, and its value is unchanged', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, hostileText), (value) => {
        const text = writeJson(value);
        expect(unseenIn(text)).toEqual([]);
        expect(text).not.toMatch(/[<>&]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(JSON.parse(writeJson(value, { indent: 2 }))).toEqual(JSON.parse(text));
      }),
    );
  });
});
