import fc from 'fast-check';
import type { PageElement } from 'jsdom';
import type { Attribution } from '../../../lambda/judge/finding';
import type { Report } from '../../../lambda/judge/report';
import { writeHtml } from '../../../lambda/report/html/page';
import { SCRIPT } from '../../../lambda/report/html/script';
import { STYLE } from '../../../lambda/report/html/style';
import { html } from '../../../lambda/report/text/markup';
import { changedOf, earlierOf } from '../earlier-samples';
import { DASHBOARD_ADDRESS, hostileReport, hostileText, unseenIn } from '../hostile-reports';
import { changeOf } from '../remediation-samples';
import { findingOf, reportOf } from '../report-samples';
import { all, one, readPage } from './page';

const TAGS = new Set(
  'HTML HEAD META TITLE STYLE SCRIPT BODY A HEADER P B H1 H2 H3 MAIN SECTION ARTICLE DIV SPAN SMALL BDI CODE I UL LI DL DT DD TABLE CAPTION THEAD TBODY TR TH TD FORM LABEL INPUT SELECT OPTION BUTTON OUTPUT NAV FIGURE FIGCAPTION DETAILS SUMMARY FOOTER WBR svg rect path g title'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'lang charset http-equiv content name class href id tabindex aria-labelledby aria-label aria-hidden focusable role width height x y viewBox preserveAspectRatio d scope data-key data-life data-do data-found type autocomplete placeholder value for hidden'.split(
    ' ',
  ),
);

/** The tags and attributes in a page that no template contains. */
function strangersIn(document: PageElement): string[] {
  return all(document, '*').flatMap((element) => [
    ...(TAGS.has(element.tagName) ? [] : [element.tagName]),
    ...[...element.attributes].flatMap(({ name, value }) => {
      if (!ATTRIBUTES.has(name)) return [`${name}="${value}"`];
      const isOurs = /^#(main|do-\d+)$/.test(value) || DASHBOARD_ADDRESS.test(value);
      return name === 'href' && !isOurs ? [`href="${value}"`] : [];
    }),
  ]);
}

function expectHarmless(page: string): void {
  const { document } = readPage(page);
  expect(strangersIn(document)).toEqual([]);
  expect(all(document, 'script').map(({ textContent }) => textContent)).toEqual([SCRIPT]);
  expect(all(document, 'style')).toHaveLength(1);
  expect(page).toContain(`<style>${STYLE}</style>`);
  expect(unseenIn(page)).toEqual([]);
}

/** A report that has one text in every text field. */
function everywhere(text: string): Report {
  const author: Attribution = {
    kind: 'known',
    at: text,
    channel: 'api',
    email: text,
    clientName: text,
    clientId: text,
    address: text,
    userAgent: text,
  };
  const permission = { reason: text, owner: text, ticket: text, expires: text };
  const connection = { id: text, name: text, displayName: `${text} `, strategy: text };
  const finding = findingOf({ connection, rule: text, reason: text, detail: text, firstSeen: text, changedBy: author });
  return reportOf({
    runId: text,
    environment: text,
    tenant: text,
    canonicalHost: text,
    startedAt: text,
    finishedAt: text,
    complete: false,
    incomplete: { reason: 'bad_answer', message: text, missingScopes: [] },
    findings: [
      finding,
      {
        ...finding,
        actual: text,
        code: 'UNDOCUMENTED_VALUE',
        changedBy: { kind: 'ours', change: 'undo', runId: text, by: text, at: text },
      },
      {
        ...finding,
        exemption: permission,
        outcome: 'skipped_exempt',
        changedBy: { ...author, email: null, clientName: null },
      },
      { ...finding, outcome: 'quarantined', quarantine: 'refused', refusal: text },
      { ...finding, outcome: 'remediated', change: changeOf({ otherKeysChanged: [text], writtenAt: text }) },
    ],
    notices: [
      { code: 'UNKNOWN_STRATEGY', strategy: text, connections: 1 },
      { code: 'RULE_MATCHED_NOTHING', rule: text },
      { code: 'LAST_TOLD_IN_FUTURE', at: text },
      { code: 'EXEMPTION_UNUSED', exemption: { id: text, ...permission } },
      { code: 'WRITE_SCOPES_IN_REPORT_MODE', scopes: [text] },
    ],
    resolved: [
      { connection, control: 'set_user_root_attributes', code: 'WRONG_VALUE', firstSeen: text, how: 'absent' },
    ],
    trend: [
      {
        runId: text,
        at: text,
        complete: false,
        listed: 1,
        noncompliant: 1,
        indeterminate: 0,
        exempt: 0,
        remediated: 0,
      },
    ],
    earlierChanges: [
      earlierOf({
        ...{ runId: text, by: text, reason: text, of: text, at: text },
        connections: [changedOf({ id: text, name: text, strategy: text, result: 'unknown' })],
      }),
      earlierOf({ ...{ kind: 'undo', runId: text, by: text, reason: text, of: text, at: text }, isCut: true }),
    ],
    places: { record: text, html: text },
    historyFailure: text,
    untold: [text],
  });
}

describe('hostile texts in the page', () => {
  it.each([
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    '</title></style></script><svg onload=alert(1)>',
    '<!-- --!> <![CDATA[ ]]>',
    'javascript:alert(1)',
    '&lt;b&gt;&#60;b&#62;',
    '{{alert(1)}}',
    '</td></tr></table><h1>All is well</h1>',
    '\u202egnp.exe\u2066\u200b\u0000\ud800',
    '-->',
    "$& $1 $` $'",
  ])('the page shows the hostile text %j as plain text in every place', (text) => {
    expectHarmless(writeHtml(everywhere(text)));
  });

  it('the page shows any hostile text as plain text in every place', () => {
    fc.assert(
      fc.property(hostileText, (text) => expectHarmless(writeHtml(everywhere(text)))),
      { numRuns: 25 },
    );
  });

  it('the page of any report contains no markup from texts', () => {
    fc.assert(
      fc.property(hostileReport, (report) => expectHarmless(writeHtml(report))),
      { numRuns: 25 },
    );
  });

  it('the page shows a hostile name readably', () => {
    const { document } = readPage(
      writeHtml(reportOf({ findings: [findingOf({ connection: { name: 'Okta – "A" & <B>' } })] })),
    );
    expect(one(document, '#findings tbody th > bdi').textContent).toBe('Okta – "A" & \\u003CB\\u003E');
  });
});

describe('html template', () => {
  it('the html template escapes values and keeps markup unchanged', () => {
    expect(html`<p title="${`"'<>&`}">${'<b>'}${html`<i>${1}</i>`}${[html`<u>`, html`</u>`]}</p>`.source).toBe(
      '<p title="&quot;&#39;&lt;&gt;&amp;">&lt;b&gt;<i>1</i><u></u></p>',
    );
  });
});
