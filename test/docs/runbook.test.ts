import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { keysOf } from '../../lambda/connection/tables';
import { ALARM_NAMES } from '../../lambda/contract';
import { RUN_ERRORS } from '../../lambda/judge/report';
import { headline } from '../../lambda/report/headline/headline';
import { SUBJECT_WORDS, type SubjectWordFacts } from '../../lambda/report/headline/subject-words';
import { hostileReport } from '../report/hostile-reports';

const RUNBOOK = readFileSync(path.join(__dirname, '../../docs/runbook.md'), 'utf8');
const WORDS = keysOf(SUBJECT_WORDS);

interface Article {
  readonly title: string;
  /** The ids before the title, and the anchor that GitHub makes from the title. */
  readonly anchors: readonly string[];
  readonly body: string;
}

/** The articles under a heading of the second level. */
function articlesUnder(heading: string): readonly Article[] {
  const [, part = ''] = RUNBOOK.split(`\n## ${heading}\n`);
  const [own = ''] = part.split(/\n## /);
  return own
    .split(/\n### /)
    .slice(1)
    .map((text) => {
      const [line = '', ...body] = text.split('\n');
      const title = line.replace(/<[^>]*>/g, '');
      const ids = [...line.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
      return { title, anchors: [...ids, title.toLowerCase().replaceAll(' ', '-')], body: body.join('\n') };
    });
}

const ALARMS = articlesUnder('Alarms');
const SUBJECTS = articlesUnder('Words of a subject line');

/** The three parts in order: a paragraph and two numbered lists. Tables of meanings come before the lists. */
const PARTS = /^\n\*\*Description\*\*: [A-Z][\s\S]+\n\n\*\*Check\*\*\n\n1\. [\s\S]+\n\n\*\*Fix\*\*\n\n1\. [\s\S]+$/;

function articlesOn(word: keyof typeof SUBJECT_WORDS): readonly Article[] {
  return SUBJECTS.filter(({ anchors }) => anchors.includes(word));
}

test.each([...ALARMS, ...SUBJECTS])('the article $title has one Description, one Check and one Fix', ({ body }) => {
  expect(body).toMatch(PARTS);
  expect(body.match(/^\*\*(Description|Check|Fix)\*\*/gm)).toEqual(['**Description**', '**Check**', '**Fix**']);
});

test('each alarm has one article under its name, and each article in that part describes an alarm', () => {
  expect(ALARMS.map(({ title }) => title)).toEqual(ALARM_NAMES);
});

test.each(WORDS)('the subject word %s has one article at its anchor, under its name', (word) => {
  const [article, ...others] = articlesOn(word);
  expect(others).toEqual([]);
  expect(article?.title.toLowerCase()).toMatch(new RegExp(`^${SUBJECT_WORDS[word].word.toLowerCase()}s?$`));
});

test('each article on a subject word describes a word that a subject line can contain', () => {
  const known: ReadonlySet<string> = new Set(WORDS);
  const others = SUBJECTS.filter(({ anchors }) => !anchors.some((anchor) => known.has(anchor)));
  expect(others.map(({ title }) => title)).toEqual([]);
});

test.each(
  WORDS.flatMap((word) => {
    const { details = [] }: SubjectWordFacts = SUBJECT_WORDS[word];
    return details.map((detail) => ({ word, detail }));
  }),
)('the detail "$detail" of the subject word $word has a row in its article', ({ word, detail }) => {
  const [article] = articlesOn(word);
  expect(article?.body.match(new RegExp(`^\\| ${detail} \\|`, 'gm'))).toHaveLength(1);
});

/** Words that connect the terms of a headline and have no separate meaning. */
const CONNECTING =
  /\b(of|the|them|none|still|from|to|is|this|right|tenant|connections?|no|has|was|were|read|listed|audited|planned|allowed|could not be judged|Auth0)\b/g;

test('a headline contains only words with an article, counts and connecting words', () => {
  const said = WORDS.flatMap((word) => {
    const { word: name, details = [] }: SubjectWordFacts = SUBJECT_WORDS[word];
    return [name, ...details];
  });
  // Short forms, and the plurals of manual changes.
  const known = [
    ...said,
    'STOPPED',
    'UNREPORTED',
    'WRITES',
    'run not reported',
    'releases of holds',
    'undos',
    'unlocks',
  ];
  const forms = [...known, 'empty listings accepted'].toSorted((a, b) => b.length - a.length);
  const expression = new RegExp(`\\b(${forms.join('|')})\\b`, 'gi');
  fc.assert(
    fc.property(hostileReport, (report) => {
      // An error that ends only a look-up does not make a run incomplete.
      fc.pre(report.incomplete === null || RUN_ERRORS[report.incomplete.reason].endsRun);
      const rest = headline(report).replaceAll(expression, '').replaceAll(CONNECTING, '');
      expect(rest).toMatch(/^[\d\s,:;()?]*$/);
    }),
    { numRuns: 300 },
  );
});
