import fc from 'fast-check';
import { FORMATS } from '../../cli/formats/format-names';
import { writeFormat } from '../../cli/formats/formats';
import { writeRecord, writeState } from '../../lambda/history/format';
import { nextState } from '../../lambda/history/next-state';
import { parseState } from '../../lambda/history/parse-state';
import { EMPTY_STATE } from '../../lambda/history/state';
import { joinText } from '../../lambda/history/store';
import { ending } from '../../lambda/judge/outcome';
import type { Report } from '../../lambda/judge/report';
import { restAgain } from '../../lambda/repair/rest';
import { writeChat } from '../../lambda/report/chat/chat';
import { writeHtml } from '../../lambda/report/html/page';
import { writeAsff } from '../../lambda/report/machine/asff';
import { writeOcsf } from '../../lambda/report/machine/ocsf';
import { writeMail } from '../../lambda/report/mail/mail';
import { DEFAULT_QUARANTINE } from '../../lambda/settings';
import { NOW } from '../history/sample-record';
import { hostileText, unseenIn } from './hostile-reports';
import { findingOf, reportOf } from './report-samples';

/** The findings that can contain Auth0's message: a failed repair, and both kinds of paused connections. */
function reportWith(refusal: string): Report {
  const named = (name: string) => ({ connection: { id: `con_${name}`, name } });
  return reportOf({
    mode: 'remediate',
    finishedAt: NOW,
    findings: [
      findingOf({ ...named('failed'), ...ending('failed', { refusal }) }),
      findingOf({ ...named('paused'), ...ending('quarantined', { quarantine: 'refused', refusal }) }),
      findingOf({ ...named('again'), ...ending('quarantined', { quarantine: 'refused_again', refusal }) }),
    ],
  });
}

function remindedOf(report: Report): Report {
  const findings = report.findings.map((finding) => ({ ...finding, lifecycle: 'open' as const }));
  return { ...report, findings, telling: 'reminder' };
}

function stateAfter(report: Report, state = EMPTY_STATE) {
  return nextState(state, report, {
    ...{
      quarantine: DEFAULT_QUARANTINE,
      by: null,
      isProven: true,
      keptPolicy: null,
      listing: { listed: 3, sample: [] },
    },
    ...{ told: { people: true, machines: true }, isAllTold: true },
  });
}

type Target = readonly [name: string, write: (report: Report) => string];

/** All messages and formats of a report. */
const TOLD: readonly Target[] = [
  ['the mail', (report) => `${writeMail(report).subject}\n${writeMail(report).body}`],
  ['the reminder', (report) => writeMail(remindedOf(report)).body],
  ['the chat message', (report) => JSON.stringify(writeChat(report))],
  ['the page', (report) => writeHtml(report)],
  ['OCSF', (report) => writeOcsf(report)],
  ['ASFF', (report) => JSON.stringify([...writeAsff(report, { account: '1', region: 'r', partition: 'aws' })])],
  ...FORMATS.map(
    (format): Target => [`the format ${format}`, (report) => writeFormat(format, report, { columns: 80 })],
  ),
];
/** The objects of the history: JSON, with exact texts. */
const KEPT: readonly Target[] = [
  ['the state', (report) => writeState(stateAfter(report))],
  [
    'the record',
    (report) =>
      joinText(
        writeRecord({
          ...{ kind: 'repair', phase: 'ended', policyFingerprint: 'made-up', report, by: null, published: null },
        }),
      ),
  ],
];

test.each([...TOLD, ...KEPT])("%s contains at most 300 characters of Auth0's message", (_, write) => {
  const text = write(reportWith('w'.repeat(100_000))).replace(/\s+/g, '');
  const longest = [...text.matchAll(/w{20,}/g)].reduce((most, [found]) => Math.max(most, found.length), 0);
  expect(longest).toBeLessThanOrEqual(300);
});

test("the ending of a repair that is refused again contains at most 300 characters of Auth0's message", () => {
  const earlier = stateAfter(reportWith('Invalid certificate.'));
  const three = Object.fromEntries(Object.entries(earlier.refusals).map(([id, one]) => [id, { ...one, runs: 3 }]));
  const [finding] = reportWith('').findings;
  if (finding === undefined) throw new Error('no finding');
  const reached = restAgain(finding, ending('failed', { refusal: 'w'.repeat(1e5) }), {
    ...{ state: { ...EMPTY_STATE, refusals: three }, now: Date.parse(NOW) },
  });
  expect(reached).toMatchObject({ outcome: 'quarantined', refusal: 'w'.repeat(300) });
});

test.each(TOLD)("%s contains no unseen character from Auth0's message", (_, write) => {
  // A format can have its own line ends or byte order mark.
  const own = unseenIn(write(reportWith('Invalid certificate.')));
  fc.assert(
    fc.property(hostileText, (refusal) => {
      expect(unseenIn(write(reportWith(refusal)))).toEqual(own);
    }),
    { numRuns: 60 },
  );
});

test("Auth0's message ends no tag, mentions no one and links nowhere in texts for readers", () => {
  const report = reportWith('</td><script>x</script> <!here> @channel https://evil.example/x `code`');
  const { content } = writeChat(report);
  for (const text of [writeMail(report).body, writeFormat('table', report, { columns: 80 }), content.description]) {
    expect(text).toContain("Auth0's message");
    for (const acting of ['<script', '<!here>', 'https://evil', '@channel']) expect(text).not.toContain(acting);
  }
  expect(writeHtml(report)).not.toContain('<script>x');
});

test("the state returns Auth0's message unchanged", () => {
  fc.assert(
    fc.property(hostileText, (refusal) => {
      const state = stateAfter(reportWith(refusal));
      expect(parseState(writeState(state))).toEqual({ ok: true, state });
    }),
  );
});
