import fc from 'fast-check';
import { Sealed } from '../../lambda/connection/sealed';
import { differingKeys, type Excuses, NO_EXCUSES } from '../../lambda/repair/compare';
import { noSpecial, writtenObject } from './json-text';

const differ = (meant: string, found: string, excuses: Partial<Excuses> = {}) =>
  differingKeys(new Sealed(meant), new Sealed(found), { ...NO_EXCUSES, ...excuses });

describe('the comparison of a connection after a write', () => {
  it.each([
    {
      claim: 'is the same in another order',
      meant: '{"a":1,"options":{"b":{"c":1,"d":2},"e":[1]}}',
      found: '{"options":{"e":[1],"b":{"d":2,"c":1}},"a":1}',
      keys: [],
    },
    {
      claim: 'is the same in other spelling',
      meant: '{"options":{"\\u0061":1.0,"b":"\\u00fc"}}',
      found: '{ "options" : {"a":1,"b":"ü"} }',
      keys: [],
    },
    {
      claim: 'is the same if a null option was removed',
      meant: '{"options":{"a":null,"b":1}}',
      found: '{"options":{"b":1}}',
      keys: [],
    },
    {
      claim: 'is the same if a null field was removed',
      meant: '{"display_name":null,"options":{"b":1}}',
      found: '{"options":{"b":1}}',
      keys: [],
    },
    {
      claim: 'differs if a key was removed',
      meant: '{"options":{"a":1,"b":1}}',
      found: '{"options":{"b":1}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs if a key was added',
      meant: '{"options":{"b":1}}',
      found: '{"options":{"a":1,"b":1}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs if a false or empty option was removed',
      meant: '{"options":{"a":false,"b":""}}',
      found: '{"options":{}}',
      keys: ['options.a', 'options.b'],
    },
    {
      claim: 'differs in a nested value',
      meant: '{"options":{"a":[{"b":{"c":1}}]}}',
      found: '{"options":{"a":[{"b":{"c":2}}]}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs if a nested null was removed',
      meant: '{"options":{"a":{"b":null}}}',
      found: '{"options":{"a":{}}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs if a nested key was added',
      meant: '{"options":{"a":{"b":1}}}',
      found: '{"options":{"a":{"b":1,"c":1}}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in the order of a list',
      meant: '{"options":{"a":[1,2]}}',
      found: '{"options":{"a":[2,1]}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs if an element was added at the end of a list',
      meant: '{"options":{"a":[1]}}',
      found: '{"options":{"a":[1,2]}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in a key with the mark of a number in its middle, and names the key unchanged',
      meant: '{"options":{"a text number 1":1}}',
      found: '{"options":{}}',
      keys: ['options.a text number 1'],
    },
    {
      claim: 'differs between a list and an object',
      meant: '{"options":{"a":[]}}',
      found: '{"options":{"a":{}}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs between a number and its text',
      meant: '{"options":{"a":1}}',
      found: '{"options":{"a":"1"}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in a key of a prototype',
      meant: '{"options":{"__proto__":{"a":1},"toString":1}}',
      found: '{"options":{}}',
      keys: ['options.__proto__', 'options.toString'],
    },
    {
      claim: 'differs if a key of a prototype was added',
      meant: '{"options":{}}',
      found: '{"options":{"constructor":1}}',
      keys: ['options.constructor'],
    },
    {
      claim: 'differs in a nested key of a prototype',
      meant: '{"options":{"a":{"__proto__":1}}}',
      found: '{"options":{"a":{"b":1}}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in the digits of a large number',
      meant: '{"options":{"a":12345678901234567890}}',
      found: '{"options":{"a":12345678901234567891}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in a number that no double can represent',
      meant: '{"options":{"a":1e400}}',
      found: '{"options":{"a":2e400}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in an integer of 16 digits',
      meant: '{"options":{"a":9007199254740992}}',
      found: '{"options":{"a":9007199254740993}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in a decimal of 16 digits',
      meant: '{"options":{"a":0.9007199254740992}}',
      found: '{"options":{"a":0.90071992547409921}}',
      keys: ['options.a'],
    },
    {
      claim: 'is the same if an integer of 15 digits is written with an exponent',
      meant: '{"options":{"a":100000000000000}}',
      found: '{"options":{"a":1e14}}',
      keys: [],
    },
    {
      claim: 'differs between a large number and its marked text',
      meant: '{"options":{"a":1e400}}',
      found: '{"options":{"a":"number 1e400"}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs between a large number and its marked text with an escape',
      meant: '{"options":{"a":1e400}}',
      found: '{"options":{"a":"\\u006eumber 1e400"}}',
      keys: ['options.a'],
    },
    {
      claim: 'is the same if a text that begins with a mark is written with an escape',
      meant: '{"options":{"a":"number 1e400","b":"text number 1"}}',
      found: '{"options":{"a":"\\u006eumber 1e400","b":"text\\u0020number 1"}}',
      keys: [],
    },
    {
      claim: 'differs between two texts that begin with different marks',
      meant: '{"options":{"a":"number 1"}}',
      found: '{"options":{"a":"text number 1"}}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in a key that begins with a mark, and names the key unchanged',
      meant: '{"options":{"number 1":1,"text 1":1}}',
      found: '{"options":{"number 1":2,"text 1":2}}',
      keys: ['options.number 1', 'options.text 1'],
    },
    {
      claim: 'differs in a field of the top level',
      meant: '{"display_name":"A","realms":["a"],"options":{}}',
      found: '{"display_name":"B","options":{}}',
      keys: ['display_name', 'realms'],
    },
    {
      claim: 'differs in all options if the options were removed',
      meant: '{"options":{"a":1}}',
      found: '{}',
      keys: ['options.a'],
    },
    {
      claim: 'differs in its id if it is another connection',
      meant: '{"id":"con_1","options":{"a":1}}',
      found: '{"id":"con_2","options":{"a":1}}',
      keys: ['id'],
    },
    {
      claim: 'is allowed to differ in keys that Auth0 can rewrite',
      meant: '{"options":{"cert":"a","b":1}}',
      found: '{"options":{"cert":"c","b":2}}',
      expected: ['cert'],
      keys: ['options.b'],
    },
    {
      claim: 'differs if a key that Auth0 can rewrite was removed',
      meant: '{"options":{"cert":"a","thumbprints":["b"],"b":1}}',
      found: '{"options":{"thumbprints":null,"b":1}}',
      expected: ['cert', 'thumbprints'],
      keys: ['options.cert', 'options.thumbprints'],
    },
    {
      claim: 'is allowed to gain a key that Auth0 can rewrite',
      meant: '{"options":{"b":1}}',
      found: '{"options":{"cert":"a","b":1}}',
      expected: ['cert'],
      keys: [],
    },
    {
      claim: 'differs in other fields named like a key that Auth0 can rewrite',
      meant: '{"cert":1,"options":{"a":{"cert":1}}}',
      found: '{"cert":2,"options":{"a":{"cert":2}}}',
      expected: ['cert'],
      keys: ['cert', 'options.a'],
    },
  ])('a connection after a write $claim', ({ meant, found, expected = [], keys }) => {
    expect(differ(meant, found, { rewritten: expected })).toEqual(keys);
  });

  it('any connection is the same as itself', () => {
    fc.assert(
      fc.property(writtenObject(noSpecial), ({ text }) =>
        expect(differ(`{"options":${text}}`, `{"options":${text}}`)).toEqual([]),
      ),
    );
  });

  it('a connection differs in every key that was lost', () => {
    fc.assert(
      fc.property(writtenObject(noSpecial, 1), fc.nat(), ({ members }, at) => {
        const lost = members[at % members.length];
        const left = members.filter(({ key }) => key !== lost?.key);
        const last = members.findLast(({ key }) => key === lost?.key);
        fc.pre(last?.value.trim() !== 'null');
        const write = (kept: typeof members) => `{"options":{${kept.map(({ text }) => text).join(',')}}}`;
        expect(differ(write(members), write(left))).toEqual([`options.${lost?.key}`]);
      }),
    );
  });
});
