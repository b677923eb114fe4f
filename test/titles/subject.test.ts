import { whatIsMissing } from './subject.mjs';

const COMPLETE = [
  'an unset value counts as on_each_login',
  'every code has a case',
  'nothing is written without a scope',
  'in a first run, nothing is written',
  'reports of a run are kept',
  'one run that fails starts nothing',
  'publishing takes at most 20 seconds',
  'OPTIONS_HIDDEN has its own effect',
  'the exit code of "undo" is 2',
  'us-gov-west-1 is in the partition aws-us-gov',
  'both alarms ring after one missed run',
  'the origin of a domain equals its URL',
  'a write that conflicts with another write does nothing',
  'refused credentials cause one more request',
  'explain shows the rule that applies',
];
const LACKING = [
  ['hold together, and are cleared together', 'a subject: it starts with a verb'],
  ['is empty', 'a subject: it starts with a verb'],
  ['names the run', 'a subject: it starts with a verb'],
  ['tells how far it is', 'a subject: it starts with a verb'],
  ['and what it was before', 'a subject: it starts with a conjunction'],
  ['but the last one is kept', 'a subject: it starts with a conjunction'],
  ['it ends before the limit', 'a subject: it starts with a pronoun'],
  ['others are left', 'a subject: it starts with a pronoun'],
  ['of a bucket that fails is a status', 'a subject: it starts with a preposition'],
  ['without a record is nothing', 'a subject: it starts with a preposition'],
  ['schedule.timeZone', 'a verb'],
  ['{"mode": "is"}', 'a verb'],
  ['a field that reads as null', 'a verb'],
  ['', 'a subject'],
] as const;

test.each(COMPLETE)('the title "%s" lacks nothing', (title) => {
  expect(whatIsMissing(title)).toBeUndefined();
});

test.each(LACKING)('the title "%s" lacks %s', (title, missing) => {
  expect(whatIsMissing(title)).toBe(missing);
});
