import fc from 'fast-check';
import { membersOf } from '../../lambda/repair/json-members';
import { noSpecial, writtenObject } from './json-text';

describe('the members of a JSON object', () => {
  it.each([
    { claim: 'are none in an empty object', text: ' { } ', members: [] },
    { claim: 'keep every digit', text: '{"a":12345678901234567890}', members: [['a', '12345678901234567890']] },
    { claim: 'keep a number too large for a double', text: '{"a" : 1e400 }', members: [['a', '1e400']] },
    {
      claim: 'keep the spelling of zero',
      text: '{"a":-0,"b":0.0}',
      members: [
        ['a', '-0'],
        ['b', '0.0'],
      ],
    },
    {
      claim: 'are found after brackets and quotes in strings',
      text: '{"a":"}],\\"{","b":1}',
      members: [
        ['a', '"}],\\"{"'],
        ['b', '1'],
      ],
    },
    {
      claim: 'are found after a backslash at the end of a string',
      text: '{"a":"\\\\","b":1}',
      members: [
        ['a', '"\\\\"'],
        ['b', '1'],
      ],
    },
    { claim: 'have unescaped keys', text: '{"\\u0061":1}', members: [['a', '1']] },
    {
      claim: 'can have the keys of a prototype',
      text: '{"__proto__":{"a":1},"":2}',
      members: [
        ['__proto__', '{"a":1}'],
        ['', '2'],
      ],
    },
    {
      claim: 'include every duplicate of a key',
      text: '{"a":1,"a":2}',
      members: [
        ['a', '1'],
        ['a', '2'],
      ],
    },
    { claim: 'keep lone surrogates', text: '{"\\ud800":"\\udfff"}', members: [['\ud800', '"\\udfff"']] },
  ])('the members of a JSON object $claim', ({ text, members }) => {
    expect(membersOf(text).map(({ key, value }) => [key, value])).toEqual(members);
  });

  it.each(['[]', '1', 'null', '"{}"', '', '{', '{"a":1}}', '{"a":1,}', "{'a':1}", '{"a":01}'])(
    'the text %s is refused because it is not a JSON object',
    (text) => {
      expect(() => membersOf(text)).toThrow();
    },
  );

  it('the members of any JSON object are slices of its text', () => {
    fc.assert(
      fc.property(writtenObject(noSpecial), ({ text, members }) => {
        expect(membersOf(text)).toEqual(members);
      }),
      { numRuns: 500 },
    );
  });

  it('the members of an object with a value nested ten thousand deep are found', () => {
    const deep = `${'[{"a":'.repeat(10_000)}1${'}]'.repeat(10_000)}`;
    expect(membersOf(`{"a":${deep},"b":2}`).map(({ key }) => key)).toEqual(['a', 'b']);
  });
});
