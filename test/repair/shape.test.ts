import { byShape, shapeOf } from '../../lambda/repair/shape';
import { manual, remove, set } from '../judge/sample-repair';

const PLAIN = set('on_first_login');
const FILLED = set('on_first_login', { fills: ['schema_version', 'type'] });
const UNPROVEN = set('on_first_login', { unproven: ['display_name', 'realms', 'show_as_button'] });

describe('the shape of a repair', () => {
  it.each([
    { claim: 'is empty if nothing is filled in or unproven', repair: PLAIN, shape: '' },
    { claim: 'is the same for a removed key', repair: remove(), shape: '' },
    { claim: 'contains the options that Auth0 fills in', repair: FILLED, shape: 'schema_version type' },
    {
      claim: 'contains the fields that are sent back unproven',
      repair: UNPROVEN,
      shape: 'display_name realms show_as_button',
    },
    { claim: 'is empty for a manual repair, which is never written', repair: manual('masked_secret'), shape: '' },
  ])('the shape of a repair $claim', ({ repair, shape }) => {
    expect(shapeOf(repair)).toBe(shape);
  });

  it('the shape without missing options is tried first, then the one with the fewest unproven fields', () => {
    const more = set('on_first_login', { fills: ['type'], unproven: ['realms'] });
    const manualRepair = manual('masked_secret');
    expect([FILLED, more, UNPROVEN, PLAIN].toSorted(byShape)).toEqual([PLAIN, UNPROVEN, more, FILLED]);
    expect(byShape(manualRepair, PLAIN)).toBe(0);
  });
});
