import fc from 'fast-check';
import { Sealed } from '../../lambda/connection/sealed';
import { ROOT_ATTRIBUTES, SETTING } from '../../lambda/connection/setting';
import { strategyOf } from '../../lambda/connection/strategies';
import { differingKeys, NO_EXCUSES } from '../../lambda/repair/compare';
import { membersOf } from '../../lambda/repair/json-members';
import { applyChange, type Change, mergeChange } from '../../lambda/repair/merge';
import { jsonValue, spellings, type WrittenObject, writtenObject } from './json-text';

/** The only strategy that accepts all four fields. */
const DATABASE = strategyOf('auth0');
const RESET = ['display_name', 'is_domain_connection', 'show_as_button', 'realms'];

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>({ action: 'remove' }),
  fc.constantFrom(...ROOT_ATTRIBUTES).map((to): Change => ({ action: 'set', to })),
);
const setting = fc.record({
  key: spellings(SETTING),
  value: fc.oneof(fc.constantFrom('"on_each_login"', '"on_first_login"', 'null'), jsonValue),
});
const anyOptions = writtenObject(setting, 1);

interface Connection {
  readonly text: string;
  readonly options: WrittenObject;
  readonly top: WrittenObject['members'];
}

/** A connection as the API might write it: options among other fields, some of which the API resets. */
const anyConnection: fc.Arbitrary<Connection> = fc
  .tuple(
    writtenObject(fc.record({ key: fc.constantFrom(...RESET.map((name) => `"${name}"`)), value: jsonValue })),
    anyOptions,
    spellings('options'),
    fc.nat(),
  )
  .map(([others, options, key, at]) => {
    const members = others.members.filter((member) => member.key !== 'options');
    const place = at % (members.length + 1);
    const texts = members.map(({ text }) => text);
    const text = `{${[...texts.slice(0, place), `${key} : ${options.text}`, ...texts.slice(place)].join(' , ')}}`;
    return { text, options, top: members };
  });

const others = (members: WrittenObject['members']) =>
  members.filter(({ key }) => key !== SETTING).map(({ text }) => text);

describe('the body of a PATCH', () => {
  it('the body of a PATCH differs from the read connection only in the one key, byte for byte', () => {
    fc.assert(
      fc.property(anyConnection, anyChange, ({ text, options, top }, change) => {
        fc.pre(
          change.action === 'set' ||
            options.members.some(({ key, value }) => key !== SETTING && value.trim() !== 'null'),
        );
        const sent = membersOf(mergeChange(new Sealed(text), change, DATABASE).open());
        const sentOptions = membersOf(sent.find(({ key }) => key === 'options')?.value ?? '');
        expect(others(sentOptions)).toEqual(others(options.members));
        const written = sentOptions.filter(({ key }) => key === SETTING).map(({ value }) => value);
        expect(written).toEqual(change.action === 'set' ? [`"${change.to}"`] : []);
        const echoed = top
          .filter(({ key, value }) => RESET.includes(key) && value !== 'null')
          .map(({ text: member }) => member);
        expect(sent.filter(({ key }) => key !== 'options').map(({ text: member }) => member)).toEqual(echoed);
      }),
      { numRuns: 1_000 },
    );
  });

  it('the intended connection has the options of the body and every other field', () => {
    fc.assert(
      fc.property(anyConnection, anyChange, ({ text, options, top }, change) => {
        fc.pre(
          change.action === 'set' ||
            options.members.some(({ key, value }) => key !== SETTING && value.trim() !== 'null'),
        );
        const connection = new Sealed(text);
        const meant = membersOf(applyChange(connection, change).open());
        const sent = membersOf(mergeChange(connection, change, DATABASE).open());
        const optionsOf = (members: typeof meant) => members.find(({ key }) => key === 'options')?.value;
        expect(optionsOf(meant)).toBe(optionsOf(sent));
        expect(meant.filter(({ key }) => key !== 'options').map((member) => member.text)).toEqual(
          top.map((member) => member.text),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('the intended connection differs from the read one only in the setting', () => {
    fc.assert(
      fc.property(anyConnection, anyChange, ({ text }, change) => {
        const connection = new Sealed(text);
        const keys = differingKeys(connection, applyChange(connection, change), NO_EXCUSES);
        expect(keys.filter((key) => key !== `options.${SETTING}`)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    {
      claim: 'keeps the position of the key',
      read: '{"options":{"a":1,"set_user_root_attributes":"x","b":2}}',
      sent: '{"options":{"a":1,"set_user_root_attributes":"on_each_login","b":2}}',
    },
    {
      claim: 'adds the key at the end',
      read: '{"options":{"a":1}}',
      sent: '{"options":{"a":1,"set_user_root_attributes":"on_each_login"}}',
    },
    {
      claim: 'contains a duplicate key one time',
      read: '{"options":{"set_user_root_attributes":"x","a":1,"set_user_root_attributes":"y"}}',
      sent: '{"options":{"set_user_root_attributes":"on_each_login","a":1}}',
    },
    {
      claim: 'contains the top-level fields that the API resets, and no others',
      strategy: 'auth0',
      read: '{"id":"con_1","name":"a","strategy":"okta","display_name":"A","realms":["a"],"show_as_button":true,"is_domain_connection":true,"options":{"a":1},"metadata":{"b":"c"},"enabled_clients":[]}',
      sent: '{"options":{"a":1,"set_user_root_attributes":"on_each_login"},"display_name":"A","realms":["a"],"show_as_button":true,"is_domain_connection":true}',
    },
    {
      claim: 'omits realms if the connection is not a database',
      read: '{"realms":["a"],"display_name":"A","show_as_button":false,"options":{"a":1}}',
      sent: '{"options":{"a":1,"set_user_root_attributes":"on_each_login"},"display_name":"A","show_as_button":false}',
    },
    {
      claim: 'omits a field with the value null',
      strategy: 'auth0',
      read: '{"display_name":null,"realms":null,"is_domain_connection":null,"show_as_button":null,"options":{"a":null}}',
      sent: '{"options":{"a":null,"set_user_root_attributes":"on_each_login"}}',
    },
    {
      claim: 'has the last of two duplicate options, like every parser',
      read: '{"options":{"a":1},"options":{"b":2}}',
      sent: '{"options":{"b":2,"set_user_root_attributes":"on_each_login"}}',
    },
  ])('the body of a PATCH $claim', ({ read, sent, strategy = 'okta' }) => {
    expect(mergeChange(new Sealed(read), { action: 'set', to: 'on_each_login' }, strategyOf(strategy)).open()).toBe(
      sent,
    );
  });

  it('the error for a body without options shows what is missing', () => {
    const merge = (read: string) => () => mergeChange(new Sealed(read), { action: 'remove' }, DATABASE);
    expect(merge('{}')).toThrow('no options to merge with');
    expect(merge('{"options":{}}')).toThrow('no options to send');
    expect(merge('[]')).toThrow('not a JSON object');
  });

  it.each([
    '{}',
    '{"options":{}}',
    '{"options":{"set_user_root_attributes":"on_first_login"}}',
    '{"options":{"set_user_root_attributes":"on_first_login","foo":null}}',
    '{"options":null}',
    '{"options":[1]}',
    '{"options":"{}"}',
  ])('a PATCH that leaves no options is refused: %s', (read) => {
    expect(() => mergeChange(new Sealed(read), { action: 'remove' }, DATABASE)).toThrow(TypeError);
  });
});
