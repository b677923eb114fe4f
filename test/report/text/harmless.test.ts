import fc from 'fast-check';
import { columnsOf } from '../../../lambda/report/text/columns';
import { makeHarmless, makeVisible } from '../../../lambda/report/text/harmless';
import { writeJson } from '../../../lambda/report/text/json';
import { hostileText, unseenIn } from '../hostile-reports';

describe('harmless names', () => {
  test.each<[claim: string, name: string, shown: string]>([
    ['an ordinary name stays', 'contoso-saml', 'contoso-saml'],
    [
      'letters of any language and ordinary punctuation stay',
      'Okta – Contoso & Söhne (EU)',
      'Okta – Contoso & Söhne (EU)',
    ],
    [
      'underscores, brackets, quotes and slashes stay',
      `[TEST] my_db "a" 'b' / R&D #1!`,
      `[TEST] my_db "a" 'b' / R&D #1!`,
    ],
    ['Chinese, Hebrew and emoji stay', '漢字 שלום 😀', '漢字 שלום 😀'],
    ['decomposed letters stay', 'So\u0308hne', 'So\u0308hne'],
    ['a line break cannot begin a line', 'a\nOK: all well', 'a\\u000AOK: all well'],
    ['terminal escapes are shown', '\u001b[31mred', '\\u001B[31mred'],
    ['C1 controls and DEL are shown', '\u007f\u009b', '\\u007F\\u009B'],
    ['a bidirectional override is shown', 'abc\u202efdp', 'abc\\u202Efdp'],
    ['zero-width characters are shown', 'a\u200bb\u200dc\ufeff', 'a\\u200Bb\\u200Dc\\uFEFF'],
    ['a tag character is shown by its code units', 'a\u{e0041}', 'a\\uDB40\\uDC41'],
    ['a lone surrogate is shown', 'a\ud800b', 'a\\uD800b'],
    ['a line separator is shown', 'a\u2028b', 'a\\u2028b'],
    ['markup does not open', '<b>x</b>', '\\u003Cb\\u003Ex\\u003C/b\\u003E'],
    ['a chat command does not act', '<!here>', '\\u003C!here\\u003E'],
    ['an arrow between spaces stays', 'A > B', 'A > B'],
    ['a mention names nobody', '@channel', '\\u0040channel'],
    ['an at sign between spaces stays', 'Login @ Contoso', 'Login @ Contoso'],
    ['a mail address is no link', 'eve@evil.example', 'eve\\u0040evil[.]example'],
    ['a link is no link', 'https://evil.example/x', 'https[:]//evil[.]example/x'],
    ['a markdown link is none', '[x](y)', '[x\\u005D(y)'],
    ['code and emphasis do not act', '`a` *b*', '\\u0060a\\u0060 \\u002Ab*'],
    ['a glob with one star stays', 'tailspin-*', 'tailspin-*'],
    ['an escape cannot be forged', '\\u003C', '\\u005Cu003C'],
    ['an entity is none', '&lt;x', '\\u0026lt;x'],
    ['spaces cannot push text away', ' a  b ', '\\u0020a \\u0020b\\u0020'],
    ['a fourth mark on a letter is shown', 'a\u0301\u0301\u0301\u0301', 'a\u0301\u0301\u0301\\u0301'],
    ['a version number stays', 'Okta 2.0', 'Okta 2.0'],
    ['nothing is said to be empty', '', '(empty)'],
  ])('%s', (_claim, name, shown) => {
    expect(makeHarmless(name)).toBe(shown);
  });

  test('a long name ends in an ellipsis, and never inside an escape', () => {
    expect(makeHarmless('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
    expect(makeHarmless('x'.repeat(60))).toBe('x'.repeat(60));
    expect(makeHarmless(`${'x'.repeat(56)}\u202e\u202e`)).toBe(`${'x'.repeat(56)}…`);
  });

  test('a megabyte costs no more than a line', () => {
    const started = performance.now();
    expect(columnsOf(makeHarmless('\u202e'.repeat(1_000_000)))).toBeLessThanOrEqual(60);
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('whatever the name, the text is one short line of characters that can be seen', () => {
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
  test('the text shows nothing that could act, and the value is the same', () => {
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
