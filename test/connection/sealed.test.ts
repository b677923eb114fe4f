import { inspect } from 'node:util';
import { Sealed } from '../../lambda/connection/sealed';
import { strategyOf } from '../../lambda/connection/strategies';
import { membersOf } from '../../lambda/repair/json-members';
import { mergeChange } from '../../lambda/repair/merge';

const SECRET = 'made-up-client-secret';
const sealed = new Sealed(`{"options":{"client_secret":"${SECRET}"}}`);

describe('a sealed connection', () => {
  it.each([
    {
      way: 'an inspection at any depth',
      show: () => inspect(sealed, { depth: Infinity, showHidden: true, getters: true }),
    },
    {
      way: 'an inspection of an object that contains it',
      show: () => inspect({ deep: [[new Map([[sealed, sealed]])]] }, { depth: Infinity, showHidden: true }),
    },
    {
      way: 'an inspection of the merged body',
      show: () => inspect(mergeChange(sealed, { action: 'remove' }, strategyOf('okta')), { showHidden: true }),
    },
    { way: 'JSON', show: () => JSON.stringify({ sealed }) },
    { way: 'JSON of its own properties', show: () => JSON.stringify(sealed, Object.getOwnPropertyNames(sealed)) },
    { way: 'a template', show: () => `${sealed}` },
    {
      way: 'a structured clone',
      show: () => inspect(structuredClone(sealed), { showHidden: true }) + JSON.stringify(structuredClone(sealed)),
    },
    {
      way: 'its entries',
      show: () => JSON.stringify([Object.entries(sealed), Reflect.ownKeys(sealed), { ...sealed }]),
    },
    {
      way: 'an error about it',
      show: () =>
        inspect(new Error(`cannot merge ${sealed}`, { cause: sealed }), { depth: Infinity, showHidden: true }),
    },
    { way: 'the error of a text that is not an object', show: () => errorOf(() => membersOf(`["${SECRET}"]`)) },
    {
      way: 'the error of options that cannot be merged',
      show: () =>
        errorOf(() => mergeChange(new Sealed(`{"options":["${SECRET}"]}`), { action: 'remove' }, strategyOf('okta'))),
    },
  ])('a sealed connection does not show its text to $way', ({ show }) => {
    expect(show()).not.toContain(SECRET);
  });

  it('a sealed connection returns its text from open()', () => {
    expect(sealed.open()).toContain(SECRET);
  });
});

function errorOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return inspect(error, { depth: Infinity, showHidden: true });
  }
  throw new Error('the work did not fail');
}
