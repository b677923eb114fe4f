import { parseLease } from '../../lambda/history/parse-lease';
import { NOT_JSON, titled } from './hostile-texts';

const NEVER_OVER = { owner: 'unknown', until: Number.POSITIVE_INFINITY, unsettled: [], isReadable: false };
const OTHERS = ['{"owner":"x"}', '{"owner":"x","until":1e999}', '{"owner":"x","until":"0"}', '{"until":0}'];
const UNSETTLED = [{}, 'x', [1], [{ owner: 'x' }], [{ owner: 1, until: 1 }]].map((unsettled) =>
  JSON.stringify({ owner: '', until: 0, unsettled }),
);

it.each(titled([...NOT_JSON, ...OTHERS, ...UNSETTLED]))(
  'a lease that contains %s has an unknown owner and never ends',
  (_, text) => {
    expect(parseLease(text)).toEqual(NEVER_OVER);
  },
);

it('a lease of version 0.1.0 has no owners to settle', () => {
  const lease = { owner: 'run-1', until: 1_700_000_000_000 };
  expect(parseLease(JSON.stringify(lease))).toEqual({ ...lease, unsettled: [], isReadable: true });
});
