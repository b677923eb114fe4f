import { parseLease } from '../../lambda/history/parse-lease';
import { NOT_JSON, titled } from './hostile-texts';

it.each(titled(NOT_JSON))('a lease that reads %s is nobody’s and never over', (_, text) => {
  expect(parseLease(text)).toEqual({ owner: 'unknown', until: Number.POSITIVE_INFINITY });
});
